import type { Changes } from "../declaration/change";
import { posFleet } from "../declaration/fixture";
import { FLAG } from "../support/feature-flag";
import { resources, stackNamed, synthesizedFleet } from "./synthesized-fleet";

const DAY = 86_400;

function production(service: Changes = {}, things: Record<string, string> = {}) {
  const recorded = posFleet().services[0]?.stateful;
  const fleet = posFleet({ service, stateful: { ...recorded, ...things } });
  return stackNamed(synthesizedFleet(fleet), "openclaw-pos-production");
}

const pos = production();

describe("POS-10: backups lie in a private bucket that itself keeps 14 daily, 8 weekly and 6 monthly ones", () => {
  const [bucket] = Object.entries(resources(pos, "cloudflare_r2_bucket"));

  test("the bucket is one for backups, and never destroyed", () => {
    expect(bucket?.[1]).toMatchObject({ name: "openclaw-pos-d1-backups", lifecycle: { prevent_destroy: true } });
    expect(Object.keys(resources(pos, "cloudflare_r2_bucket"))).toHaveLength(1);
  });

  test("it has no public address", () => {
    expect(Object.values(resources(pos, "cloudflare_r2_managed_domain"))).toMatchObject([
      { bucket_name: "${cloudflare_r2_bucket.backups-main.name}", enabled: false },
    ]);
  });

  test("nothing can be changed or deleted before its time", () => {
    const [lock] = Object.values(resources(pos, "cloudflare_r2_bucket_lock"));
    expect(lock?.rules).toMatchObject([
      { prefix: "daily/", enabled: true, condition: { type: "Age", max_age_seconds: 14 * DAY } },
      { prefix: "monthly/", enabled: true, condition: { type: "Age", max_age_seconds: 6 * 31 * DAY } },
      { prefix: "weekly/", enabled: true, condition: { type: "Age", max_age_seconds: 8 * 7 * DAY } },
    ]);
  });

  test("everything is deleted when its time is over, by the bucket", () => {
    const [lifecycle] = Object.values(resources(pos, "cloudflare_r2_bucket_lifecycle"));
    const deletions = ((lifecycle?.rules ?? []) as readonly Record<string, unknown>[]).filter(
      (rule) => "delete_objects_transition" in rule,
    );
    expect(deletions).toMatchObject([
      { conditions: { prefix: "daily/" }, delete_objects_transition: { condition: { max_age: 14 * DAY } } },
      { conditions: { prefix: "monthly/" }, delete_objects_transition: { condition: { max_age: 6 * 31 * DAY } } },
      { conditions: { prefix: "weekly/" }, delete_objects_transition: { condition: { max_age: 8 * 7 * DAY } } },
    ]);
  });

  test("staging, which is not backed up, has no bucket", () => {
    const staging = stackNamed(synthesizedFleet(posFleet()), "openclaw-pos-staging");
    expect(resources(staging, "cloudflare_r2_bucket")).toEqual({});
  });
});

describe("a stage at the edge", () => {
  test("has its Worker, seen from its own domain only", () => {
    expect(resources(pos, "cloudflare_worker").worker).toMatchObject({
      account_id: "023e105f4ecef8ad9ca31a8372d0c353",
      name: "openclaw-pos",
      observability: { enabled: true },
      subdomain: { enabled: false, previews_enabled: false },
    });
    expect(resources(pos, "cloudflare_workers_custom_domain").domain).toMatchObject({
      hostname: "pos.example.com",
      zone_id: "d56084adb405e0b7e32c52321bf07be6",
      service: "${cloudflare_worker.worker.name}",
    });
  });

  test("has a database that is never destroyed", () => {
    expect(resources(pos, "cloudflare_d1_database")["d1-main"]).toMatchObject({
      name: "openclaw-pos",
      read_replication: { mode: "disabled" },
      primary_location_hint: "weur",
      lifecycle: { prevent_destroy: true },
    });
  });

  test("has a route where a route is declared, and then no domain", () => {
    const stack = production({
      "edge.addresses.production": { route: "api.example.com/pos/*", zone: "example.com" },
    });
    expect(resources(stack, "cloudflare_workers_route").route).toEqual({
      zone_id: "d56084adb405e0b7e32c52321bf07be6",
      pattern: "api.example.com/pos/*",
      script: "${cloudflare_worker.worker.name}",
    });
    expect(resources(stack, "cloudflare_workers_custom_domain")).toEqual({});
    const health = Object.values(resources(stack, "github_actions_environment_variable")).find(
      (variable) => variable.variable_name === "HEALTHCHECK_URL",
    );
    expect(health?.value).toBe("https://api.example.com/pos/health");
  });

  test("is started by the clock where that is declared", () => {
    const stack = production({ "edge.crons": { production: ["30 4 * * *", "*/5 * * * *"] } });
    expect(resources(stack, "cloudflare_workers_cron_trigger").crons).toEqual({
      account_id: "023e105f4ecef8ad9ca31a8372d0c353",
      script_name: "${cloudflare_worker.worker.name}",
      schedules: [{ cron: "*/5 * * * *" }, { cron: "30 4 * * *" }],
    });
  });

  test("has the namespaces and buckets of its own, whose id and name variables carry", () => {
    const names = { staging: "cache-staging", production: "cache" };
    const files = { staging: "pos-files-staging", production: "pos-files" };
    const variable = { kind: "variable", description: "Where it is", owner: "platform" };
    const stack = production(
      {
        "edge.kv": { cache: { names, binding: "CACHE" } },
        "edge.buckets": { files: { names: files, binding: "FILES" } },
        "settings.CACHE_ID": {
          ...variable,
          environments: { staging: { from: "kv.cache.id" }, production: { from: "kv.cache.id" } },
        },
        "settings.FILES_BUCKET": { ...variable, environments: { production: { from: "bucket.files.name" } } },
      },
      {
        "staging/kv/cache": "cache-staging",
        "production/kv/cache": "cache",
        "staging/bucket/files": "pos-files-staging",
        "production/bucket/files": "pos-files",
      },
    );
    expect(resources(stack, "cloudflare_workers_kv_namespace")["kv-cache"]).toMatchObject({
      title: "cache",
      lifecycle: { prevent_destroy: true },
    });
    expect(resources(stack, "cloudflare_r2_bucket")["bucket-files"]).toMatchObject({ name: "pos-files" });
    const values = Object.values(resources(stack, "github_actions_environment_variable")).map(
      ({ variable_name: key, value }) => [key, value],
    );
    expect(values).toContainEqual(["CACHE_ID", "${cloudflare_workers_kv_namespace.kv-cache.id}"]);
    expect(values).toContainEqual(["FILES_BUCKET", "pos-files"]);
  });
});

describe("feature flags at the edge (MAE-7)", () => {
  const names = { staging: "pos-flags-staging", production: "pos-flags" };
  const service: Changes = {
    "edge.kv": { flags: { names, binding: "FLAGS" } },
    "settings.FLAGS_ID": {
      kind: "variable",
      description: "Id of the namespace with feature flags",
      owner: "platform",
      environments: { staging: { from: "kv.flags.id" }, production: { from: "kv.flags.id" } },
    },
    flags: {
      kv: "flags",
      registry: {
        "new-till": { ...FLAG, values: { production: true } },
      },
    },
  };
  const recorded = { "staging/kv/flags": names.staging, "production/kv/flags": names.production };

  test("are one entry of the namespace that the Worker is bound to", () => {
    const [entry, ...others] = Object.values(resources(production(service, recorded), "cloudflare_workers_kv"));
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      account_id: "023e105f4ecef8ad9ca31a8372d0c353",
      namespace_id: "${cloudflare_workers_kv_namespace.kv-flags.id}",
      key_name: "flags.json",
    });
    expect(JSON.parse(String(entry?.value))).toMatchObject({
      metadata: { flagSetId: "openclaw-pos-production" },
      flags: { "new-till": { defaultVariant: "on" } },
    });
  });

  test("have no entry in a service without flags", () => {
    expect(resources(pos, "cloudflare_workers_kv")).toEqual({});
  });
});
