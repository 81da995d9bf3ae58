import type { Attributes } from "../../protocol/value-codec";
import { uuid } from "../../provider/settle";
import type { Inspection } from "../inspection";
import type { ResourceRule } from "../rule";

function folderOf(uid: unknown): (attributes: Attributes) => boolean {
  return (attributes) => attributes.uid === uid;
}

function checkJson(config: Inspection, path: string): void {
  for (const { path: at, value } of config.all(path)) {
    try {
      JSON.parse(String(value));
    } catch {
      config.refuse(at, String(value).slice(0, 80), "JSON", "Use JSON.stringify or jsonencode.");
    }
  }
}

/**
 * Source: the documentation and internal/resources/grafana of github.com/grafana/terraform-provider-grafana at v4.21.0.
 */
export const GRAFANA_RULES: readonly ResourceRule[] = [
  {
    type: "grafana_folder",
    defaults: { prevent_destroy_if_not_empty: false },
    replaces: ["uid", "org_id"],
    identity: ({ uid }) => String(uid),
    computed: ({ uid, title }, { number }) => {
      const own = typeof uid === "string" ? uid : uuid(`folder ${number}`).slice(0, 13);
      return {
        id: `1:${own}`,
        uid: own,
        url: `/dashboards/f/${own}/${String(title).toLowerCase().replace(/\W+/g, "-")}`,
      };
    },
    unique: ({ uid }) => ({ key: String(uid), words: "409: a folder with that uid already exists" }),
    needs: ({ parent_folder_uid: parent }, needs) => {
      if ((parent ?? "") !== "") {
        needs.some("grafana_folder", String(parent), ["parent_folder_uid"], folderOf(parent));
      }
    },
    owns: (self, other) => [other.attributes.folder_uid, other.attributes.folder].includes(self.id),
    imports: (id, world) => world.get("grafana_folder", id.replace(/^\d+:/, "")),
  },
  {
    type: "grafana_data_source",
    defaults: { access_mode: "proxy", is_default: false },
    replaces: ["uid", "org_id"],
    check: (config) => {
      checkJson(config, "json_data_encoded");
      checkJson(config, "secure_json_data_encoded");
    },
    computed: ({ uid }, { number }) => {
      const own = typeof uid === "string" ? uid : uuid(`source ${number}`).slice(0, 13);
      return { id: `1:${own}`, uid: own };
    },
    unique: ({ name }) => ({ key: String(name), words: "409: data source with the same name already exists" }),
    // Secrets are never compared.
    reads: (real, state) =>
      state === undefined
        ? real
        : { ...real, secure_json_data_encoded: state.secure_json_data_encoded, http_headers: state.http_headers },
  },
  {
    type: "grafana_dashboard",
    replaces: ["org_id"],
    unsettled: ["version"],
    check: (config) => {
      checkJson(config, "config_json");
    },
    computed: ({ config_json }, { number }) => {
      const model = JSON.parse(String(config_json)) as { uid?: unknown };
      const own = typeof model.uid === "string" ? model.uid : uuid(`dashboard ${number}`).slice(0, 13);
      return { id: `1:${own}`, uid: own, url: `/d/${own}`, version: 1, dashboard_id: number };
    },
  },
  {
    type: "grafana_rule_group",
    defaults: { disable_provenance: false, "rule.is_paused": false },
    replaces: ["name", "folder_uid", "org_id"],
    check: (config) => {
      checkJson(config, "rule.data.model");
      config.oneOf("rule.no_data_state", ["OK", "NoData", "KeepLast", "Alerting"]);
      config.oneOf("rule.exec_err_state", ["OK", "Error", "KeepLast", "Alerting"]);
    },
    identity: ({ folder_uid, name }) => `1:${folder_uid}:${name}`,
    computed: ({ folder_uid, name, rule }, { number }) => ({
      id: `1:${folder_uid}:${name}`,
      rule: (rule as unknown[]).map((_, i) => ({ uid: uuid(`rule ${number} ${i}`).slice(0, 13) })),
    }),
    needs: ({ folder_uid }, needs) => {
      needs.some("grafana_folder", String(folder_uid), ["folder_uid"], folderOf(folder_uid));
    },
  },
  {
    type: "grafana_contact_point",
    defaults: { disable_provenance: false },
    replaces: ["org_id"],
    check: (config) => {
      const kinds = ["email", "slack", "pagerduty", "webhook"];
      if (kinds.every((kind) => ((config.config[kind] ?? []) as unknown[]).length === 0)) {
        config.refuse([], "none", `at least one of ${kinds.join(", ")}`, "Say where alerts go.");
      }
    },
    identity: ({ name }) => `1:${name}`,
    computed: ({ name }) => ({ id: `1:${name}` }),
    overwrites: true,
    // Secrets are never compared: of receivers, only their number is seen here.
    reads: (real, state) => {
      const kinds = ["email", "slack", "pagerduty", "webhook"];
      const same = (kind: string) =>
        ((real[kind] ?? []) as unknown[]).length === ((state?.[kind] ?? []) as unknown[]).length;
      return state === undefined
        ? real
        : {
            ...real,
            ...Object.fromEntries(
              kinds.filter((kind) => kind !== "email" && same(kind)).map((kind) => [kind, state[kind]]),
            ),
          };
    },
  },
  {
    type: "grafana_notification_policy",
    defaults: { disable_provenance: false },
    replaces: ["org_id"],
    identity: () => "1:policy",
    computed: () => ({ id: "1:policy" }),
    // One tree for the whole organization: creating it overwrites what is there.
    overwrites: true,
    needs: ({ contact_point }, needs) => {
      if (contact_point !== "grafana-default-email") {
        needs.some(
          "grafana_contact_point",
          String(contact_point),
          ["contact_point"],
          ({ name }) => name === contact_point,
        );
      }
    },
  },
  {
    type: "grafana_mute_timing",
    defaults: { disable_provenance: false },
    replaces: ["name", "org_id"],
    identity: ({ name }) => `1:${name}`,
    computed: ({ name }) => ({ id: `1:${name}` }),
  },
];
