import type { Attributes } from "../../protocol/value-codec";
import { uuid } from "../../provider/settle";
import type { ResourceRule } from "../rule";
import { checkUid } from "./uid";

export function folderOf(uid: unknown): (attributes: Attributes) => boolean {
  return (attributes) => attributes.uid === uid;
}

/** Source: internal/resources/grafana/resource_folder.go of github.com/grafana/terraform-provider-grafana at v4.21.0. */
export const folder: ResourceRule = {
  type: "grafana_folder",
  defaults: { prevent_destroy_if_not_empty: false },
  replaces: ["uid", "org_id"],
  check: (config) => {
    checkUid(config, "uid");
    config.length("title", 1, 189);
  },
  identity: ({ uid }) => String(uid),
  computed: ({ uid, title }, { number }) => {
    const own = typeof uid === "string" ? uid : uuid(`folder ${number}`).slice(0, 13);
    return {
      id: `1:${own}`,
      uid: own,
      url: `/dashboards/f/${own}/${String(title).toLowerCase().replace(/\W+/g, "-")}`,
    };
  },
  // Newer versions of Grafana take two folders of one title; older ones refuse the second.
  unique: ({ title, parent_folder_uid: parent }) => ({
    key: `${parent ?? ""}/${title}`,
    words: "409: a folder with that uid, or of that title in the same place, already exists",
  }),
  needs: ({ parent_folder_uid: parent }, needs) => {
    if ((parent ?? "") !== "") {
      needs.some("grafana_folder", String(parent), ["parent_folder_uid"], folderOf(parent));
    }
  },
  beforeDestroy: ({ id, attributes }, needs) => {
    if (attributes.prevent_destroy_if_not_empty !== true) return;
    const inside = needs.world
      .list()
      .filter(({ attributes: other }) => [other.folder_uid, other.folder, other.parent_folder_uid].includes(id));
    if (inside.length > 0) {
      const list = inside.map((object) => `${object.type} ${object.id}`).join(", ");
      needs.refuse([], `folder ${id} is not empty and prevent_destroy_if_not_empty is set. It contains: ${list}.`);
    }
  },
  owns: (self, { attributes }) =>
    [attributes.folder_uid, attributes.folder, attributes.parent_folder_uid].includes(self.id),
  imports: (id, world) => world.get("grafana_folder", id.replace(/^\d+:/, "")),
};
