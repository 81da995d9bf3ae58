import { hex } from "../../provider/settle";
import type { ResourceRule } from "../rule";
import { checkIds, importedBy, needsWorker, WORKER_NAME } from "./names";

const LOGS = { enabled: false, head_sampling_rate: 1, invocation_logs: true };

/**
 * Source: internal/services/worker/{schema,resource}.go at v5.14.0 of github.com/cloudflare/terraform-provider-cloudflare.
 */
export const worker: ResourceRule = {
  type: "cloudflare_worker",
  replaces: ["account_id"],
  defaults: {
    logpush: false,
    tags: [],
    tail_consumers: [],
    observability: { enabled: false, head_sampling_rate: 1, logs: LOGS },
    "observability.enabled": false,
    "observability.head_sampling_rate": 1,
    "observability.logs": LOGS,
    "observability.logs.enabled": false,
    "observability.logs.head_sampling_rate": 1,
    "observability.logs.invocation_logs": true,
    subdomain: { enabled: false, previews_enabled: false },
    "subdomain.enabled": false,
  },
  unsettled: ["updated_on"],
  check: (config) => {
    checkIds(config, "account_id");
    config.matches("name", WORKER_NAME, "1 to 63 lower-case letters, digits, hyphens and underscores");
    for (const path of ["observability.head_sampling_rate", "observability.logs.head_sampling_rate"]) {
      for (const found of config.all(path)) {
        if (Number(found.value) < 0 || Number(found.value) > 1) {
          config.refuse(found.path, found.value, "a share from 0 to 1", "0.1 samples one request in ten.");
        }
      }
    }
  },
  computed: (planned, { number, now }) => ({
    id: hex(`worker ${number}`, 32),
    created_on: now,
    updated_on: now,
    references: { dispatch_namespace_outbounds: [], domains: [], durable_objects: [], queues: [], workers: [] },
    subdomain: { previews_enabled: (planned.subdomain as { enabled?: unknown } | null)?.enabled === true },
  }),
  unique: ({ account_id, name }) => ({
    key: `${account_id}/${name}`,
    words: "10040: a Worker of this name already exists",
  }),
  renames: (other, { name }) => ({ ...other, script_name: name }),
  owns: (self, other) =>
    other.type === "cloudflare_workers_cron_trigger" &&
    other.attributes.account_id === self.attributes.account_id &&
    other.attributes.script_name === self.attributes.name,
  imports: importedBy("cloudflare_worker", "account_id", "id"),
};

/** Any name with at least two labels; the zone it is in isn't known here. */
const HOSTNAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Source: internal/services/workers_custom_domain/{schema,resource}.go at v5.14.0 of
 * github.com/cloudflare/terraform-provider-cloudflare. The API fills in `environment`, which is not computed there: without
 * `environment = "production"` every plan replaces the domain.
 */
export const workersCustomDomain: ResourceRule = {
  type: "cloudflare_workers_custom_domain",
  replaces: ["account_id", "hostname", "service", "zone_id", "environment"],
  check: (config) => {
    checkIds(config, "account_id", "zone_id");
    config.matches("hostname", HOSTNAME, "a host name in lower case, such as pos.example.com");
  },
  computed: ({ hostname }, { number }) => ({
    id: hex(`domain ${number}`, 32),
    zone_name: String(hostname).split(".").slice(-2).join("."),
  }),
  stores: (planned) => ({ ...planned, environment: planned.environment ?? "production" }),
  unique: ({ hostname }) => ({ key: String(hostname), words: "100117: hostname already has a Worker" }),
  needs: ({ account_id, service }, needs) => {
    needsWorker(account_id, service, "service", needs);
  },
  imports: importedBy("cloudflare_workers_custom_domain", "account_id", "id"),
};

/**
 * Source: internal/services/workers_route/{schema,resource}.go at v5.14.0 of
 * github.com/cloudflare/terraform-provider-cloudflare; patterns: developers.cloudflare.com, "Workers routes".
 */
export const workersRoute: ResourceRule = {
  type: "cloudflare_workers_route",
  replaces: ["zone_id"],
  check: (config) => {
    checkIds(config, "zone_id");
    for (const { path, value } of config.all("pattern")) {
      const pattern = String(value);
      if (pattern.includes("?") || /\*(?!$)/.test(pattern.replace(/^(https?:\/\/)?\*/, ""))) {
        config.refuse(
          path,
          value,
          "a pattern with '*' only at its start or end, and no query",
          "Write *.example.com/api/*.",
        );
      }
      if (!/^(https?:\/\/)?[*a-z0-9.-]+(\/.*)?$/i.test(pattern)) {
        config.refuse(path, value, "a host name and path, such as example.com/*", "Leave out everything else.");
      }
    }
  },
  computed: (_planned, { number }) => ({ id: hex(`route ${number}`, 32) }),
  unique: ({ zone_id, pattern }) => ({
    key: `${zone_id}/${pattern}`,
    words: "10020: a route with the same pattern already exists",
  }),
  needs: ({ script }, needs) => {
    if ((script ?? "") !== "") {
      needsWorker(undefined, script, "script", needs);
    }
  },
  imports: importedBy("cloudflare_workers_route", "zone_id", "id"),
};

/** Five fields of digits, names, `*`, `,`, `-`, `/`, and Cloudflare's L, W and #: developers.cloudflare.com, "Cron Triggers". */
const CRON = /^[0-9a-zA-Z*,/#-]+( [0-9a-zA-Z*,/#-]+){4}$/;

/**
 * Source: internal/services/workers_cron_trigger/{model,resource}.go at v5.14.0 of
 * github.com/cloudflare/terraform-provider-cloudflare. `schedules` is `no_refresh`, and a destroy sends nothing.
 */
export const workersCronTrigger: ResourceRule = {
  type: "cloudflare_workers_cron_trigger",
  replaces: ["account_id", "script_name"],
  check: (config) => {
    checkIds(config, "account_id");
    config.matches("schedules.cron", CRON, "five cron fields, such as 30 3 * * *");
  },
  identity: ({ account_id, script_name }) => `${account_id}/${script_name}`,
  computed: ({ script_name, schedules }, { now }) => ({
    id: script_name,
    schedules: (schedules as unknown[]).map(() => ({ created_on: now, modified_on: now })),
  }),
  overwrites: true,
  needs: ({ account_id, script_name }, needs) => {
    needsWorker(account_id, script_name, "script_name", needs);
  },
  reads: (real, state) => (state === undefined ? real : { ...real, schedules: state.schedules }),
  destroy: () => "everything",
  imports: importedBy("cloudflare_workers_cron_trigger", "account_id", "script_name"),
};
