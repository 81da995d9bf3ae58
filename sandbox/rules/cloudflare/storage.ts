import { hex, uuid } from "../../provider/settle";
import type { ResourceRule } from "../rule";
import { checkIds, importedBy } from "./names";

/**
 * Source: internal/services/d1_database/{schema,model,resource}.go at v5.14.0 of
 * github.com/cloudflare/terraform-provider-cloudflare. `jurisdiction` and `primary_location_hint` are `no_refresh`.
 */
export const d1Database: ResourceRule = {
  type: "cloudflare_d1_database",
  replaces: ["account_id", "name", "jurisdiction", "primary_location_hint"],
  unsettled: ["created_at", "file_size", "num_tables", "version"],
  check: (config) => {
    checkIds(config, "account_id");
    config.matches("name", /^[a-z0-9][a-z0-9_-]*$/i, "letters, digits, hyphens and underscores");
    config.oneOf("jurisdiction", ["eu", "fedramp"], { ignoreCase: true });
    config.oneOf("primary_location_hint", ["wnam", "enam", "weur", "eeur", "apac", "oc"], { ignoreCase: true });
    config.oneOf("read_replication.mode", ["auto", "disabled"], { ignoreCase: true });
  },
  computed: (_planned, { number, now }) => {
    const id = uuid(`d1 ${number}`);
    return { id, uuid: id, created_at: now, file_size: 12_288, num_tables: 0, version: "production" };
  },
  unique: ({ account_id, name }) => ({
    key: `${account_id}/${name}`,
    words: "7502: a database with that name already exists",
  }),
  // The API answers with its setting, which the configuration doesn't compute: leaving it out plans a change for ever.
  stores: (planned) => ({ ...planned, read_replication: planned.read_replication ?? { mode: "disabled" } }),
  reads: (real, state) =>
    state === undefined
      ? real
      : { ...real, jurisdiction: state.jurisdiction, primary_location_hint: state.primary_location_hint },
  imports: importedBy("cloudflare_d1_database", "account_id", "id"),
};

/**
 * Source: internal/services/workers_kv_namespace/{schema,resource}.go at v5.14.0 of
 * github.com/cloudflare/terraform-provider-cloudflare.
 */
export const workersKvNamespace: ResourceRule = {
  type: "cloudflare_workers_kv_namespace",
  replaces: ["account_id"],
  check: (config) => {
    checkIds(config, "account_id");
    config.length("title", 1, 512);
  },
  computed: (_planned, { number }) => ({ id: hex(`kv ${number}`, 32), supports_url_encoding: true }),
  unique: ({ account_id, title }) => ({
    key: `${account_id}/${title}`,
    words: "10014: a namespace with this title already exists",
  }),
  imports: importedBy("cloudflare_workers_kv_namespace", "account_id", "id"),
};

/** Bytes: developers.cloudflare.com, "KV limits". */
const MOST = { key: 512, value: 25 * 1024 * 1024 };

/**
 * Source: internal/services/workers_kv/{schema,resource}.go at v5.14.0 of github.com/cloudflare/terraform-provider-cloudflare. An entry is written
 * with PUT, whether it is there or not; its metadata are never read.
 */
export const workersKv: ResourceRule = {
  type: "cloudflare_workers_kv",
  replaces: ["account_id", "namespace_id", "key_name"],
  check: (config) => {
    checkIds(config, "account_id");
    for (const [name, most] of [
      ["key_name", MOST.key],
      ["value", MOST.value],
    ] as const) {
      for (const { path, value } of config.all(name)) {
        const bytes = Buffer.byteLength(String(value));
        if (bytes > most) config.refuse(path, `${bytes} bytes`, `at most ${most} bytes`, "Shorten it.");
      }
    }
  },
  identity: ({ namespace_id, key_name }) => `${namespace_id}/${key_name}`,
  computed: ({ key_name }) => ({ id: key_name }),
  overwrites: true,
  needs: ({ namespace_id }, needs) => {
    needs.object("cloudflare_workers_kv_namespace", String(namespace_id), ["namespace_id"]);
  },
  reads: (real, state) => ({ ...real, metadata: state?.metadata ?? null }),
  imports: importedBy("cloudflare_workers_kv", "account_id", "namespace_id", "key_name"),
};
