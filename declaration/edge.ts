import { z } from "zod";
import {
  cron,
  entryKey,
  hostname,
  literals,
  matching,
  repositoryPath,
  settingKey,
  text,
  wanted,
  wholeNumber,
  yesOrNo,
} from "./values";
import { WorkerMetrics } from "./worker-metrics";

const table = matching(
  /^[A-Za-z_][A-Za-z0-9_]{0,62}$/,
  "the name of a table: letters, digits and _",
  "write the table's name",
);
const binding = matching(/^[A-Z][A-Z0-9_]{0,62}$/, "the name of a binding: A–Z, 0–9 and _", "rename the binding");
const days = (what: string, most: number) =>
  wholeNumber({
    what: `${what} backups to keep`,
    from: 1,
    to: most,
    remedy: `keep at least one ${what} backup; a retention of 0 would delete what it just stored`,
  });

/** Where a stage's Worker answers: a custom domain of its own, or a route on a zone. */
export const Address = z.union(
  [
    /** A host name that belongs to the Worker whole; Cloudflare makes the DNS record and the certificate. */
    z.strictObject({ hostname, zone: hostname }),
    /** Requests that match a pattern, e.g. `api.example.com/pos/*`. */
    z.strictObject({
      route: matching(
        /^(?=.{1,300}$)(?:\*\.?)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+(?:\/[\w.-]*)*\/?\*?$/,
        'a route pattern such as "api.example.com/pos/*"',
        "write host and path, without scheme; * may only stand at the very beginning and at the very end",
        "https://developers.cloudflare.com/workers/configuration/routing/routes/#matching-behavior",
      ),
      zone: hostname,
    }),
  ],
  { error: wanted("{ hostname, zone } for a custom domain, or { route, zone }", "say where the Worker answers") },
);
export type Address = z.infer<typeof Address>;

/** The Worker: what lasts of it. Its versions and their percentages belong to releases. */
export const Worker = z.strictObject({
  /** Entry point in the repository. */
  entry: repositoryPath("the Worker's entry point"),
  /** Version of the Workers runtime's behaviour, `YYYY-MM-DD`. */
  compatibilityDate: matching(
    /^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
    "a date, YYYY-MM-DD",
    "write the date the Worker was last tested with",
    "https://developers.cloudflare.com/workers/configuration/compatibility-dates/",
  ),
  /** @default - none */
  compatibilityFlags: z
    .array(matching(/^[a-z0-9_]{1,80}$/, "a compatibility flag", "copy it from Cloudflare's list"))
    .min(1)
    .readonly()
    .optional(),
  /** Keep logs and metrics of invocations. */
  observability: yesOrNo("whether invocations are logged"),
  /** Path that answers 200 when the service is well. */
  healthPath: matching(/^\/[\w./-]{0,100}$/, 'a path such as "/health"', "write a path that begins with /"),
});

/** The drill of the restore: quarterly or oftener, into a clone that is thrown away, with a report. */
export const RestoreDrill = z.strictObject({
  /** When, in UTC. */
  schedule: cron,
  /** The unattended environment it runs in. */
  environment: entryKey,
  /** Secret that holds the age identity which can decrypt backups. */
  identity: settingKey,
  /** Restoring and checking must be done within so many minutes, or the drill fails. */
  withinMinutes: wholeNumber({ what: "minutes", from: 1, to: 360, remedy: "write the recovery time you promise" }),
  /** Days the report is kept. */
  reportDays: wholeNumber({
    what: "days",
    from: 1,
    to: 400,
    remedy: "GitHub keeps artifacts of private repositories for at most 400 days, of public ones 90",
  }),
});

/** Daily encrypted export of one stage's database to a private bucket that enforces the retention. */
export const Backup = z.strictObject({
  /** Stage whose database is backed up. */
  stage: entryKey,
  /** Name of the bucket. */
  bucket: matching(
    /^[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]$/,
    "the name of an R2 bucket: 3 to 63 of a–z, 0–9 and -",
    "rename the bucket",
    "https://developers.cloudflare.com/r2/buckets/create-buckets/#bucket-level-operations",
  ),
  /** When, in UTC. */
  schedule: cron,
  /** How many of each are kept; the bucket's lifecycle and lock rules hold it. */
  keep: z.strictObject({ daily: days("daily", 366), weekly: days("weekly", 520), monthly: days("monthly", 120) }),
  /** The unattended environment the backup runs in. */
  environment: entryKey,
  /** Secret: Cloudflare token that may export the database. */
  token: settingKey,
  /** Secrets: key id and key of an R2 token that may write to the bucket. */
  accessKeyId: settingKey,
  secretAccessKey: settingKey,
  /** Variable: public age recipient that backups are encrypted for. */
  recipient: settingKey,
  /** Tables whose row counts are compared after a restore. */
  criticalTables: z
    .array(table)
    .min(1, { error: wanted("at least one table", "name the tables that must never come back empty") })
    .readonly(),
  /** npm script of the repository that checks the checkout flow against `BASE_URL`. */
  smokeScript: matching(/^[a-z][\w:-]{0,60}$/, "the name of an npm script", "name the script of package.json"),
  drill: RestoreDrill,
});
export type Backup = z.infer<typeof Backup>;

/** A D1 database; one for every stage. Its name decides which data it is: renaming it would make an empty one. */
export const Database = z.strictObject({
  /** Name by stage, as Cloudflare has it. */
  names: z.record(
    entryKey,
    matching(
      /^[a-z0-9][a-z0-9-]{0,62}$/,
      "the name of a D1 database: 1 to 63 of a–z, 0–9 and -",
      "rename the database before it exists, never after",
    ),
  ),
  /** Name of the Worker's binding. */
  binding,
  /** Directory of the migrations. */
  migrations: repositoryPath("the directory of migrations"),
  /** Whether reads may be served by replicas. */
  readReplication: literals(["auto", "disabled"], "read replication"),
  /** @default - Cloudflare chooses the place */
  locationHint: literals(["wnam", "enam", "weur", "eeur", "apac", "oc"], "a location hint").optional(),
  /** @default - not backed up; the validation asks for a backup of every production database */
  backup: Backup.optional(),
});
export type Database = z.infer<typeof Database>;

/** A Workers KV namespace; one for every stage. */
export const KeyValueNamespace = z.strictObject({
  names: z.record(
    entryKey,
    matching(
      /^[\w-]{1,100}$/,
      "the title of a KV namespace: letters, digits, - and _",
      "rename the namespace before it exists, never after",
    ),
  ),
  binding,
});

/** A private R2 bucket for the Worker's own use; one for every stage. */
export const Bucket = z.strictObject({
  names: z.record(
    entryKey,
    matching(
      /^[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]$/,
      "the name of an R2 bucket: 3 to 63 of a–z, 0–9 and -",
      "rename the bucket before it exists, never after",
    ),
  ),
  binding,
});

/** What runs at Cloudflare's edge. */
export const Edge = z.strictObject({
  worker: Worker,
  /** Name of the Worker by stage; the stages of the edge are these. */
  workers: z.record(
    entryKey,
    matching(
      /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
      "the name of a Worker: 1 to 63 of a–z, 0–9 and -",
      "rename the Worker",
    ),
  ),
  /** Where each stage's Worker answers. */
  addresses: z.record(entryKey, Address),
  /** @default - no database */
  d1: z.record(entryKey, Database).optional(),
  /** @default - no KV namespace */
  kv: z.record(entryKey, KeyValueNamespace).optional(),
  /** @default - no bucket of the Worker's own */
  buckets: z.record(entryKey, Bucket).optional(),
  /** Schedules of the Worker's `scheduled` handler, in UTC, by stage. @default - none */
  crons: z.record(entryKey, z.array(cron).min(1).readonly()).optional(),
  /** How requests and queries become series of Prometheus, in the stages of `telemetry`. @default - they don't */
  metrics: WorkerMetrics.optional(),
});
export type Edge = z.infer<typeof Edge>;

/** How a version reaches production: step by step, watched, and back when it fails. */
export const Release = z.strictObject({
  /** Stage that releases go to first; undefined steps, at once. @default - production only */
  rehearsal: entryKey.optional(),
  /** Stage that releases are for. */
  stage: entryKey,
  /** Percentages of the traffic that the new version gets, one after another; the last is 100. */
  steps: z
    .array(wholeNumber({ what: "percent", from: 1, to: 100, remedy: "write percentages such as [10, 50, 100]" }))
    .min(1)
    .readonly(),
  /** How long each step is watched. Seconds. */
  observeSeconds: wholeNumber({
    what: "seconds",
    from: 10,
    to: 3600,
    remedy: "a step that is not watched proves nothing; an hour is the most",
  }),
  /** Tries of the smoke check, 5 seconds apart. */
  smokeAttempts: wholeNumber({ what: "tries", from: 1, to: 60, remedy: "write how often the health check is tried" }),
  /** Secret: Cloudflare token that may write Workers and D1. */
  token: settingKey,
  /** Variable: id of the Cloudflare account. */
  accountId: settingKey,
  /** Variable: URL of the health check. */
  healthcheckUrl: settingKey,
  /** Pattern of the tags that mark releases; they can't be moved or deleted. */
  tags: matching(/^[a-z][a-z0-9-]*-\*$/, 'a tag pattern such as "prod-*"', "write a prefix and -*"),
  /** Note on what the release needs of its database, for the release notes. */
  migrationNotes: text("where migration notes come from"),
});
export type Release = z.infer<typeof Release>;
