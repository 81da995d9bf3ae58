import type { Edge } from "../declaration/edge";
import type { Service } from "../declaration/service";
import { generatedBy } from "./generated-by";
import type { RenderedFile } from "./rendered-file";
import { workerObservability } from "./telemetry/worker-observability";

/** What the configuration of a service's Worker is made of. */
export type WorkerSource = Pick<Service, "name" | "settings" | "telemetry"> & { readonly edge: Edge };

/** Where the template lies in the repository. */
export const WRANGLER_TEMPLATE = "wrangler.template.jsonc";

/**
 * The configuration of wrangler 4: one section of `env` a stage, chosen with `--env <stage>`; without it, a Worker for local work only. Ids
 * that Terraform knows are placeholders `${KEY}` of the variable that carries them in the stage's environment: the release fills them in.
 * Domains, routes and cron triggers are Terraform's and so are not here.
 * https://developers.cloudflare.com/workers/wrangler/configuration/
 */
export function wranglerTemplate(service: WorkerSource): RenderedFile {
  const { worker, workers } = service.edge;
  const config = {
    $schema: "node_modules/wrangler/config-schema.json",
    name: `${service.name}-local`,
    main: worker.entry,
    compatibility_date: worker.compatibilityDate,
    compatibility_flags: worker.compatibilityFlags,
    observability: workerObservability(service.edge, false),
    // Where the Worker answers is declared; an address under workers.dev would be one more, without the zone's rules.
    workers_dev: false,
    preview_urls: false,
    send_metrics: false,
    ...localBindings(service),
    env: Object.fromEntries(
      Object.entries(workers).map(([stage, name]) => [
        stage,
        { name, observability: exportedFrom(service, stage), ...stageBindings(service, stage) },
      ]),
    ),
  };
  const header = generatedBy(service.name).map((line) => `// ${line}`);
  return {
    path: WRANGLER_TEMPLATE,
    content: `${[...header, JSON.stringify(config, withoutEmptyLists, 2)].join("\n")}\n`,
    executable: false,
  };
}

/** The variables whose placeholders a stage's section has: whoever fills the template in must have them in its environment. */
export function wranglerPlaceholders(service: WorkerSource, stage: string): readonly string[] {
  const { d1 = {}, kv = {} } = service.edge;
  const ids = [...keysOf(d1, stage).map((key) => `d1.${key}.id`), ...keysOf(kv, stage).map((key) => `kv.${key}.id`)];
  return [...new Set(ids.map((id) => carrierOf(service, stage, id)))].sort();
}

/** Undefined where what stands above holds: spans are exported from the stages that telemetry is about. */
function exportedFrom({ edge, telemetry }: WorkerSource, stage: string) {
  const exported = edge.metrics !== undefined && Object.hasOwn(telemetry?.stages ?? {}, stage);
  return exported ? workerObservability(edge, true) : undefined;
}

/** Bindings aren't inherited by the sections of `env`, so each has all of its own. */
function stageBindings(service: WorkerSource, stage: string) {
  const { d1 = {}, kv = {}, buckets = {} } = service.edge;
  return {
    vars: applicationVariables(service, (setting) => setting.environments[stage]),
    d1_databases: keysOf(d1, stage).map((key) => ({
      binding: d1[key]?.binding,
      database_name: d1[key]?.names[stage],
      database_id: `\${${carrierOf(service, stage, `d1.${key}.id`)}}`,
      migrations_dir: d1[key]?.migrations,
    })),
    kv_namespaces: keysOf(kv, stage).map((key) => ({
      binding: kv[key]?.binding,
      id: `\${${carrierOf(service, stage, `kv.${key}.id`)}}`,
    })),
    r2_buckets: keysOf(buckets, stage).map((key) => ({
      binding: buckets[key]?.binding,
      bucket_name: buckets[key]?.names[stage],
    })),
  };
}

/** For `wrangler dev` and `--local`: names that exist on this machine only. */
function localBindings(service: WorkerSource) {
  const { d1 = {}, kv = {}, buckets = {} } = service.edge;
  const name = (key: string) => `${service.name}-${key.replaceAll("/", "-")}-local`;
  return {
    vars: applicationVariables(service, (setting) => setting.local),
    d1_databases: Object.entries(d1).map(([key, database]) => ({
      binding: database.binding,
      database_name: localDatabaseName(service, key) ?? name(key),
      database_id: "local",
      migrations_dir: database.migrations,
    })),
    kv_namespaces: Object.entries(kv).map(([key, namespace]) => ({ binding: namespace.binding, id: name(key) })),
    r2_buckets: Object.entries(buckets).map(([key, bucket]) => ({ binding: bucket.binding, bucket_name: name(key) })),
  };
}

type Variable = Extract<Service["settings"][string], { readonly kind: "variable" }>;

function variablesOf(service: WorkerSource): readonly (readonly [string, Variable])[] {
  return Object.entries(service.settings).flatMap(([key, setting]) =>
    setting.kind === "variable" ? [[key, setting] as const] : [],
  );
}

/**
 * Variables with a value of their own in some stage of the Worker are the application's; derived ones say where things are, for pipelines,
 * and reach the Worker as bindings.
 */
function applicationVariables(service: WorkerSource, pick: (setting: Variable) => unknown) {
  const stages = Object.keys(service.edge.workers);
  const own = variablesOf(service).filter(([, setting]) =>
    stages.some((stage) => typeof setting.environments[stage] === "string"),
  );
  return Object.fromEntries(
    own.map(([key, setting]) => [key, pick(setting)] as const).filter(([, value]) => typeof value === "string"),
  );
}

function derivedFrom(setting: Variable, stage: string): string | undefined {
  const value = setting.environments[stage];
  return typeof value === "object" ? value.from : undefined;
}

/** The local value of the variable that carries the database's name. */
function localDatabaseName(service: WorkerSource, key: string): string | undefined {
  const stages = Object.keys(service.edge.workers);
  const carrier = variablesOf(service).find(([, setting]) =>
    stages.some((stage) => derivedFrom(setting, stage) === `d1.${key}.name`),
  );
  return carrier?.[1].local;
}

/** The variable that carries an id in a stage's environment. */
function carrierOf(service: WorkerSource, stage: string, from: string): string {
  const carrier = variablesOf(service).find(([, setting]) => derivedFrom(setting, stage) === from);
  if (carrier !== undefined) return carrier[0];
  throw new Error(
    `service "${service.name}", stage "${stage}": the Worker binds ${from}, and no variable of the environment carries it; ` +
      `add a setting with environments: { ${stage}: { from: "${from}" } }`,
  );
}

function keysOf(
  entries: Readonly<Record<string, { readonly names: Readonly<Record<string, string>> }>>,
  stage: string,
) {
  return Object.keys(entries).filter((key) => Object.hasOwn(entries[key]?.names ?? {}, stage));
}

function withoutEmptyLists(_key: string, value: unknown): unknown {
  return Array.isArray(value) && value.length === 0 ? undefined : value;
}
