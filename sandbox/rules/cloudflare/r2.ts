import type { AttributePath } from "../../protocol/attribute-path";
import type { Attributes } from "../../protocol/value-codec";
import { hex } from "../../provider/settle";
import type { Inspection } from "../inspection";
import type { Needs } from "../needs";
import type { ResourceRule } from "../rule";
import { checkIds, importedBy } from "./names";

const JURISDICTIONS = ["default", "eu", "fedramp"];

/** developers.cloudflare.com, "Create new buckets": 3 to 63 characters, lower case, no hyphen at either end. */
const BUCKET = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const BUCKET_WORDS = "3 to 63 lower-case letters, digits and hyphens, with no hyphen at either end";

function bucketId({ account_id, bucket_name }: Attributes): string {
  return `${account_id}/${bucket_name}`;
}

function needsBucket(attributes: Attributes, needs: Needs): void {
  needs.object("cloudflare_r2_bucket", bucketId(attributes), ["bucket_name"]);
}

function checkSetting(config: Inspection): void {
  checkIds(config, "account_id");
  config.matches("bucket_name", BUCKET, BUCKET_WORDS);
  config.oneOf("jurisdiction", JURISDICTIONS, { ignoreCase: true });
}

/** The state keeps the jurisdiction it has: `no_refresh`. */
function keepsJurisdiction(real: Attributes, state: Attributes | undefined): Attributes {
  return state === undefined ? real : { ...real, jurisdiction: state.jurisdiction };
}

/** Both kinds of rules are told apart by their ids: developers.cloudflare.com, R2, "Put object lifecycle rules". */
function checkRuleIds(config: Inspection): void {
  const seen = new Set<unknown>();
  for (const { path, value } of config.all("rules.id")) {
    if (seen.has(value)) {
      config.refuse(path, value, "an id that no other rule has", "Rename one of them.");
    }
    seen.add(value);
  }
}

/** An age needs its seconds, a date its day, and neither the other's. */
function checkCondition(config: Inspection, path: AttributePath, condition: Attributes, age: string): void {
  const kind = String(condition.type).toLowerCase();
  const given = (name: string) => (condition[name] ?? null) !== null;
  const expected = kind === "age" ? age : kind === "date" ? "date" : undefined;
  for (const name of [age, "date"]) {
    if (name === expected && !given(name)) {
      config.refuse(path, condition, `${name} with type ${condition.type}`, `Set ${name}.`);
    } else if (name !== expected && given(name)) {
      config.refuse([...path, name], condition[name], `no ${name} with type ${condition.type}`, `Remove ${name}.`);
    }
  }
  const seconds = condition[age];
  if (typeof seconds === "number" && (!Number.isInteger(seconds) || seconds < 1)) {
    config.refuse([...path, age], seconds, "a whole number of seconds, at least 1", "A day has 86400.");
  }
}

/**
 * Source: internal/services/r2_bucket/{schema,model,resource,plan_modifiers}.go at v5.14.0 of
 * github.com/cloudflare/terraform-provider-cloudflare.
 */
export const r2Bucket: ResourceRule = {
  type: "cloudflare_r2_bucket",
  replaces: ["account_id", "name"],
  // RequiresReplaceIfConfigured: what the API chose on its own replaces nothing.
  replacesIf: (before, after) => (before.location !== after.location ? ["location"] : []),
  defaults: { jurisdiction: "default", storage_class: "Standard" },
  unsettled: [],
  check: (config) => {
    checkIds(config, "account_id");
    config.matches("name", BUCKET, BUCKET_WORDS);
    config.oneOf("location", ["apac", "eeur", "enam", "weur", "wnam", "oc"], { ignoreCase: true });
    config.oneOf("jurisdiction", JURISDICTIONS, { ignoreCase: true });
    config.oneOf("storage_class", ["Standard", "InfrequentAccess"], { ignoreCase: true });
  },
  // A location that differs in case only is the same.
  normalize: (planned, prior) =>
    String(planned.location).toLowerCase() === String(prior.location).toLowerCase()
      ? { ...planned, location: prior.location }
      : planned,
  identity: ({ account_id, name }) => `${account_id}/${name}`,
  computed: ({ name }, { now }) => ({ id: name, creation_date: now, location: "WEUR" }),
  unique: ({ account_id, name }) => ({
    key: `${account_id}/${name}`,
    words: "10004: the bucket you tried to create already exists, and you own it",
  }),
  reads: keepsJurisdiction,
  owns: (self, other) => other.type.startsWith("cloudflare_r2_") && bucketId(other.attributes) === self.id,
  imports: importedBy("cloudflare_r2_bucket", "account_id", "name", "jurisdiction"),
};

/** What the settings of a bucket have in common: one of each kind a bucket, no import, and a destroy that sends nothing. */
const BUCKET_SETTING = {
  replaces: ["account_id", "bucket_name"],
  defaults: { jurisdiction: "default" },
  identity: bucketId,
  overwrites: true,
  needs: needsBucket,
  reads: keepsJurisdiction,
  destroy: () => "everything",
  imports: false,
} as const satisfies Omit<ResourceRule, "type" | "check">;

/**
 * Source: internal/services/r2_bucket_lifecycle/{schema,model,resource}.go at v5.14.0 of
 * github.com/cloudflare/terraform-provider-cloudflare. There is no import, and a destroy sends nothing.
 */
export const r2BucketLifecycle: ResourceRule = {
  type: "cloudflare_r2_bucket_lifecycle",
  ...BUCKET_SETTING,
  check: (config) => {
    checkSetting(config);
    checkRuleIds(config);
    const kinds = ["Age", "Date"];
    config.oneOf("rules.abort_multipart_uploads_transition.condition.type", ["Age"], { ignoreCase: true });
    config.oneOf("rules.delete_objects_transition.condition.type", kinds, { ignoreCase: true });
    config.oneOf("rules.storage_class_transitions.condition.type", kinds, { ignoreCase: true });
    config.oneOf("rules.storage_class_transitions.storage_class", ["InfrequentAccess"], { ignoreCase: true });
    for (const what of [
      "abort_multipart_uploads_transition",
      "delete_objects_transition",
      "storage_class_transitions",
    ]) {
      for (const { path, value } of config.all(`rules.${what}.condition`)) {
        checkCondition(config, path, value as Attributes, "max_age");
      }
    }
  },
};

/**
 * Source: internal/services/r2_bucket_lock/{schema,model,resource}.go at v5.14.0 of
 * github.com/cloudflare/terraform-provider-cloudflare. Rules are compared in their order; there is no import, and a
 * destroy sends nothing.
 */
export const r2BucketLock: ResourceRule = {
  type: "cloudflare_r2_bucket_lock",
  ...BUCKET_SETTING,
  check: (config) => {
    checkSetting(config);
    checkRuleIds(config);
    config.oneOf("rules.condition.type", ["Age", "Date", "Indefinite"], { ignoreCase: true });
    for (const { path, value } of config.all("rules.condition")) {
      checkCondition(config, path, value as Attributes, "max_age_seconds");
    }
  },
};

/**
 * Source: internal/services/r2_managed_domain/{schema,model,resource}.go at v5.14.0 of
 * github.com/cloudflare/terraform-provider-cloudflare. There is no import, and a destroy sends nothing: a public bucket
 * stays public.
 */
export const r2ManagedDomain: ResourceRule = {
  type: "cloudflare_r2_managed_domain",
  ...BUCKET_SETTING,
  unsettled: ["bucket_id", "domain"],
  check: checkSetting,
  computed: (attributes) => {
    const id = hex(`bucket ${bucketId(attributes)}`, 32);
    return { bucket_id: id, domain: `pub-${id}.r2.dev` };
  },
};
