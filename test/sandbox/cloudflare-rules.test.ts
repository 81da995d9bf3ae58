import { ACCOUNT, Workbench, ZONE } from "./workbench";

const WORKER = { account_id: ACCOUNT, name: "pos" };
const DOMAIN = {
  account_id: ACCOUNT,
  zone_id: ZONE,
  hostname: "pos.example.com",
  service: "pos",
  environment: "production",
};
const ROUTE = { zone_id: ZONE, pattern: "pos.example.com/*", script: "pos" };
const CRON = { account_id: ACCOUNT, script_name: "pos", schedules: [{ cron: "30 3 * * *" }] };
const DATABASE = { account_id: ACCOUNT, name: "pos", read_replication: { mode: "disabled" } };
const NAMESPACE = { account_id: ACCOUNT, title: "flags" };
const ENTRY = { account_id: ACCOUNT, namespace_id: "0".repeat(32), key_name: "flags.json", value: "{}" };
const BUCKET = { account_id: ACCOUNT, name: "pos-backup" };
const IN_BUCKET = { account_id: ACCOUNT, bucket_name: "pos-backup" };

function lock(condition: object, id = "daily") {
  return { ...IN_BUCKET, rules: [{ id, enabled: true, prefix: "daily/", condition }] };
}

function lifecycle(condition: object) {
  const rule = {
    id: "daily",
    enabled: true,
    conditions: { prefix: "daily/" },
    delete_objects_transition: { condition },
  };
  return { ...IN_BUCKET, rules: [rule] };
}

describe("cloudflare accepts", () => {
  test.each([
    ["cloudflare_worker", { ...WORKER, observability: { enabled: true, head_sampling_rate: 0.1 } }],
    ["cloudflare_workers_custom_domain", DOMAIN],
    ["cloudflare_workers_route", ROUTE],
    ["cloudflare_workers_route", { ...ROUTE, pattern: "*.example.com/api/*" }],
    ["cloudflare_workers_cron_trigger", CRON],
    ["cloudflare_d1_database", DATABASE],
    ["cloudflare_workers_kv_namespace", NAMESPACE],
    ["cloudflare_workers_kv", ENTRY],
    ["cloudflare_r2_bucket", { ...BUCKET, storage_class: "infrequentaccess" }],
    ["cloudflare_r2_bucket_lock", lock({ type: "Age", max_age_seconds: 86_400 })],
    ["cloudflare_r2_bucket_lock", lock({ type: "Indefinite" })],
    ["cloudflare_r2_bucket_lifecycle", lifecycle({ type: "Age", max_age: 1_209_600 })],
    ["cloudflare_r2_managed_domain", { ...IN_BUCKET, enabled: false }],
  ])("a %s that is in order", (type, config) => {
    expect(new Workbench().refusals(type, config)).toEqual([]);
  });
});

describe("cloudflare refuses", () => {
  test.each([
    [
      "an account's name for its id",
      "cloudflare_worker",
      { ...WORKER, account_id: "acme" },
      "32 lower-case hexadecimal digits",
    ],
    ["a Worker in upper case", "cloudflare_worker", { ...WORKER, name: "POS" }, "1 to 63 lower-case letters"],
    [
      "a sample of 200 %",
      "cloudflare_worker",
      { ...WORKER, observability: { head_sampling_rate: 2 } },
      "a share from 0 to 1",
    ],
    [
      "a domain with a path",
      "cloudflare_workers_custom_domain",
      { ...DOMAIN, hostname: "example.com/x" },
      "a host name in lower case",
    ],
    [
      "a zone's name for its id",
      "cloudflare_workers_custom_domain",
      { ...DOMAIN, zone_id: "example.com" },
      "hexadecimal digits",
    ],
    ["a route with a query", "cloudflare_workers_route", { ...ROUTE, pattern: "example.com/?a=1" }, "no query"],
    [
      "a route with '*' in its middle",
      "cloudflare_workers_route",
      { ...ROUTE, pattern: "example.com/*/x" },
      "only at its start or end",
    ],
    [
      "a cron of four fields",
      "cloudflare_workers_cron_trigger",
      { ...CRON, schedules: [{ cron: "3 * * *" }] },
      "five cron fields",
    ],
    [
      "an unknown replication",
      "cloudflare_d1_database",
      { ...DATABASE, read_replication: { mode: "on" } },
      "one of auto, disabled",
    ],
    ["an unknown place", "cloudflare_d1_database", { ...DATABASE, primary_location_hint: "mars" }, "one of wnam, enam"],
    ["a database with a space", "cloudflare_d1_database", { ...DATABASE, name: "the pos" }, "letters, digits, hyphens"],
    [
      "a namespace without a title",
      "cloudflare_workers_kv_namespace",
      { ...NAMESPACE, title: "" },
      "1 to 512 characters",
    ],
    ["a key of 513 bytes", "cloudflare_workers_kv", { ...ENTRY, key_name: `${"é".repeat(256)}x` }, "at most 512 bytes"],
    [
      "an entry of more than 25 MiB",
      "cloudflare_workers_kv",
      { ...ENTRY, value: "x".repeat(26_214_401) },
      "at most 26214400 bytes",
    ],
    ["a bucket in upper case", "cloudflare_r2_bucket", { ...BUCKET, name: "Backup" }, "3 to 63 lower-case letters"],
    ["a bucket of two letters", "cloudflare_r2_bucket", { ...BUCKET, name: "ab" }, "3 to 63 lower-case letters"],
    [
      "a bucket that ends in a hyphen",
      "cloudflare_r2_bucket",
      { ...BUCKET, name: "backup-" },
      "no hyphen at either end",
    ],
    [
      "an unknown storage class",
      "cloudflare_r2_bucket",
      { ...BUCKET, storage_class: "Glacier" },
      "one of Standard, InfrequentAccess",
    ],
    ["an unknown location", "cloudflare_r2_bucket", { ...BUCKET, location: "fra" }, "one of apac, eeur"],
    [
      "an unknown jurisdiction",
      "cloudflare_r2_managed_domain",
      { ...IN_BUCKET, jurisdiction: "ch", enabled: true },
      "one of default, eu",
    ],
    ["an age without seconds", "cloudflare_r2_bucket_lock", lock({ type: "Age" }), "max_age_seconds with type Age"],
    ["an age of no seconds", "cloudflare_r2_bucket_lock", lock({ type: "Age", max_age_seconds: 0 }), "at least 1"],
    [
      "a date in an age",
      "cloudflare_r2_bucket_lock",
      lock({ type: "Age", max_age_seconds: 1, date: "2030-01-01T00:00:00Z" }),
      "no date with",
    ],
    ["an unknown condition", "cloudflare_r2_bucket_lock", lock({ type: "Forever" }), "one of Age, Date, Indefinite"],
    [
      "two rules of one id",
      "cloudflare_r2_bucket_lock",
      { ...IN_BUCKET, rules: [...lock({ type: "Indefinite" }).rules, ...lock({ type: "Indefinite" }).rules] },
      "an id that no other rule has",
    ],
    ["a lifecycle for ever", "cloudflare_r2_bucket_lifecycle", lifecycle({ type: "Indefinite" }), "one of Age, Date"],
    ["a date that isn't given", "cloudflare_r2_bucket_lifecycle", lifecycle({ type: "Date" }), "date with type Date"],
    ["an id of one's own", "cloudflare_d1_database", { ...DATABASE, id: "x" }, "the provider computes id"],
    [
      "a time of one's own",
      "cloudflare_workers_cron_trigger",
      { ...CRON, schedules: [{ cron: "1 1 1 1 1", created_on: "x" }] },
      "the provider computes schedules[0].created_on",
    ],
  ])("%s", (_, type, config, words) => {
    const refusals = new Workbench().refusals(type, config);
    expect(refusals).toEqual([expect.stringContaining(words)]);
    expect(refusals[0]).toMatch(new RegExp(`^sandbox: ${type} refuses .+ \\| Came .+, expected .+\\. .+`, "s"));
  });
});

describe("at apply, cloudflare refuses", () => {
  test.each([
    ["a domain", "cloudflare_workers_custom_domain", DOMAIN, "cloudflare_worker"],
    ["a route", "cloudflare_workers_route", ROUTE, "cloudflare_worker"],
    ["a cron trigger", "cloudflare_workers_cron_trigger", CRON, "cloudflare_worker"],
    ["an entry", "cloudflare_workers_kv", ENTRY, "cloudflare_workers_kv_namespace"],
    ["a lock", "cloudflare_r2_bucket_lock", lock({ type: "Indefinite" }), "cloudflare_r2_bucket"],
    ["a lifecycle", "cloudflare_r2_bucket_lifecycle", lifecycle({ type: "Age", max_age: 1 }), "cloudflare_r2_bucket"],
    ["a public address", "cloudflare_r2_managed_domain", { ...IN_BUCKET, enabled: true }, "cloudflare_r2_bucket"],
  ])("%s of what doesn't exist", (_, type, config, missing) => {
    expect(() => new Workbench().make(type, config)).toThrow(new RegExp(`expected a ${missing} that exists`));
  });

  test.each([
    ["cloudflare_worker", WORKER, "a Worker of this name already exists"],
    ["cloudflare_d1_database", DATABASE, "a database with that name already exists"],
    ["cloudflare_workers_kv_namespace", NAMESPACE, "a namespace with this title already exists"],
    ["cloudflare_r2_bucket", BUCKET, "the bucket you tried to create already exists"],
  ])("a second %s of the same name", (type, config, words) => {
    const bench = new Workbench();
    bench.make(type, config);
    expect(() => bench.make(type, config)).toThrow(words);
    expect(bench.world.list(type)).toHaveLength(1);
  });

  test("a second route of the same pattern, and a second Worker at a host name", () => {
    const bench = new Workbench();
    bench.make("cloudflare_worker", WORKER);
    bench.make("cloudflare_workers_route", ROUTE);
    bench.make("cloudflare_workers_custom_domain", DOMAIN);
    expect(() => bench.make("cloudflare_workers_route", ROUTE)).toThrow("a route with the same pattern already exists");
    expect(() => bench.make("cloudflare_workers_custom_domain", DOMAIN)).toThrow("hostname already has a Worker");
  });
});

test("cloudflare takes an entry of Workers KV that is there already, and has one for each namespace", () => {
  const bench = new Workbench();
  const [one, other] = ["flags", "others"].map((title) => {
    const { state } = bench.make("cloudflare_workers_kv_namespace", { ...NAMESPACE, title });
    return { ...ENTRY, namespace_id: String(state.id) };
  });
  bench.make("cloudflare_workers_kv", { ...one, value: "by hand" });
  const { state } = bench.make("cloudflare_workers_kv", { ...one });
  expect(state).toMatchObject({ id: "flags.json", value: "{}" });
  bench.make("cloudflare_workers_kv", { ...other });
  expect(bench.world.list("cloudflare_workers_kv")).toHaveLength(2);
});

describe("cloudflare fills in", () => {
  test("ids and defaults of a Worker, also within what is configured", () => {
    const { state } = new Workbench().make("cloudflare_worker", { ...WORKER, observability: { enabled: true } });
    expect(state).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      logpush: false,
      observability: { enabled: true, head_sampling_rate: 1, logs: { enabled: false } },
      subdomain: { enabled: false, previews_enabled: false },
      created_on: "2026-01-02T03:04:05.000Z",
    });
  });

  test("a UUID for a database and the name for a bucket", () => {
    const bench = new Workbench();
    expect(bench.make("cloudflare_d1_database", DATABASE).state.id).toMatch(
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
    expect(bench.make("cloudflare_r2_bucket", BUCKET).state).toMatchObject({
      id: "pos-backup",
      jurisdiction: "default",
      location: "WEUR",
    });
  });
});

describe("cloudflare replaces", () => {
  test.each([
    ["a database for another name, with its data", "cloudflare_d1_database", DATABASE, { name: "pos2" }, ["name"]],
    [
      "a database for another jurisdiction",
      "cloudflare_d1_database",
      DATABASE,
      { jurisdiction: "eu" },
      ["jurisdiction"],
    ],
    [
      "no database for another replication",
      "cloudflare_d1_database",
      DATABASE,
      { read_replication: { mode: "auto" } },
      [],
    ],
    ["no Worker for another name", "cloudflare_worker", WORKER, { name: "till" }, []],
    ["a bucket for another location", "cloudflare_r2_bucket", BUCKET, { location: "enam" }, ["location"]],
    ["no bucket for another case of its location", "cloudflare_r2_bucket", BUCKET, { location: "weur" }, []],
  ])("%s", (_, type, config, change, expected) => {
    const bench = new Workbench();
    expect(bench.replaces(bench.make(type, config), { ...config, ...change })).toEqual(expected);
  });

  test("a custom domain on every plan, unless its environment is set", () => {
    const { environment: _, ...bare } = DOMAIN;
    const bench = new Workbench();
    bench.make("cloudflare_worker", WORKER);
    const held = bench.make("cloudflare_workers_custom_domain", bare);
    expect(bench.replaces(held, bare)).toEqual([]);
    expect(bench.replaces({ ...held, state: bench.refresh(held) ?? {} }, bare)).toEqual(["environment"]);
    bench.destroy(held);
    const set = bench.make("cloudflare_workers_custom_domain", DOMAIN);
    expect(bench.replaces({ ...set, state: bench.refresh(set) ?? {} }, DOMAIN)).toEqual([]);
  });
});
