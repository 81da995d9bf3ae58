import type { Attributes } from "../../protocol/value-codec";
import { uuid } from "../../provider/settle";
import type { ResourceRule } from "../rule";
import { folderOf } from "./folder";
import { checkJson, type Json, jsonObject, sortedJson } from "./json";

/** What the provider compares: `NormalizeDashboardConfigJSON` takes away the numbers that Grafana gives, panels' among them. */
function compared(configJson: unknown): string {
  const { id: _id, version: _version, panels, ...rest } = jsonObject(configJson) ?? {};
  const numberless = Array.isArray(panels) && panels.map(({ id: _panel, ...panel }: Json) => panel);
  return sortedJson(numberless ? { ...rest, panels: numberless } : rest);
}

function uidOf({ config_json: json }: Attributes): unknown {
  return jsonObject(json)?.uid;
}

/** Source: internal/resources/grafana/resource_dashboard.go of github.com/grafana/terraform-provider-grafana at v4.21.0. */
export const dashboard: ResourceRule = {
  type: "grafana_dashboard",
  replaces: ["org_id"],
  replacesIf: (before, after) => (uidOf(before) === uidOf(after) ? [] : ["config_json"]),
  unsettled: ["version"],
  check: (config) => {
    checkJson(config, "config_json");
    for (const { path, value } of config.all("config_json")) {
      const { title, uid } = jsonObject(value) ?? {};
      if (typeof title !== "string" || title === "")
        config.refuse(path, title, "a dashboard with a title", "Grafana answers 400: Dashboard title cannot be empty.");
      if (uid !== undefined && !/^[A-Za-z0-9_-]{1,40}$/.test(String(uid)))
        config.refuse(path, uid, "a uid: 1 to 40 of A–Z, a–z, 0–9, - and _", "Shorten it.");
    }
  },
  computed: (planned, { number }) => {
    const uid = uidOf(planned);
    const own = typeof uid === "string" ? uid : uuid(`dashboard ${number}`).slice(0, 13);
    return { id: `1:${own}`, uid: own, url: `/d/${own}`, version: number, dashboard_id: number };
  },
  unique: ({ uid }) => ({ key: String(uid), words: "412: A dashboard with the same uid already exists" }),
  needs: ({ folder }, needs) => {
    if ((folder ?? "") !== "") needs.some("grafana_folder", String(folder), ["folder"], folderOf(folder));
  },
  normalize: (planned, prior) =>
    compared(planned.config_json) === compared(prior.config_json)
      ? { ...planned, config_json: prior.config_json }
      : planned,
  // Another id of a panel is not seen.
  reads: (real, state) =>
    state !== undefined && compared(real.config_json) === compared(state.config_json)
      ? { ...real, config_json: state.config_json, message: state.message, overwrite: state.overwrite }
      : { ...real, message: state?.message, overwrite: state?.overwrite },
};
