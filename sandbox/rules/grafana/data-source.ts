import { uuid } from "../../provider/settle";
import type { ResourceRule } from "../rule";
import { checkJson, jsonObject, sortedJson } from "./json";
import { checkUid } from "./uid";

/** Keys that the provider keeps for attributes and resources of their own. */
const RESERVED = [
  ["json_data_encoded", "httpHeaderName", "the http_headers attribute"],
  ["json_data_encoded", "teamHttpHeaders", "grafana_data_source_config_lbac_rules"],
  ["secure_json_data_encoded", "httpHeaderValue", "the http_headers attribute"],
] as const;

/** Source: internal/resources/grafana/resource_data_source.go of github.com/grafana/terraform-provider-grafana at v4.21.0. */
export const dataSource: ResourceRule = {
  type: "grafana_data_source",
  defaults: { access_mode: "proxy", is_default: false, basic_auth_enabled: false },
  replaces: ["uid", "org_id"],
  check: (config) => {
    checkUid(config, "uid");
    config.oneOf("access_mode", ["proxy", "direct"]);
    checkJson(config, "json_data_encoded");
    checkJson(config, "secure_json_data_encoded");
    for (const [path, key, instead] of RESERVED) {
      for (const found of config.all(path)) {
        if (String(found.value).includes(key))
          config.refuse(found.path, key, "settings without this reserved key", `Use ${instead}.`);
      }
    }
  },
  computed: ({ uid }, { number }) => {
    const own = typeof uid === "string" ? uid : uuid(`source ${number}`).slice(0, 13);
    return { id: `1:${own}`, uid: own };
  },
  unique: ({ name }) => ({ key: String(name), words: "409: data source with the same name or uid already exists" }),
  // JSON is compared by what it says.
  normalize: (planned, prior) =>
    sortedJson(jsonObject(planned.json_data_encoded)) === sortedJson(jsonObject(prior.json_data_encoded))
      ? { ...planned, json_data_encoded: prior.json_data_encoded }
      : planned,
  // Secrets are never compared.
  reads: (real, state) =>
    state === undefined
      ? real
      : { ...real, secure_json_data_encoded: state.secure_json_data_encoded, http_headers: state.http_headers },
};
