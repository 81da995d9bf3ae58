import { R2Bucket } from "@cdktf/provider-cloudflare/lib/r2-bucket";
import { R2BucketLifecycle, type R2BucketLifecycleRules } from "@cdktf/provider-cloudflare/lib/r2-bucket-lifecycle";
import { R2BucketLock, type R2BucketLockRules } from "@cdktf/provider-cloudflare/lib/r2-bucket-lock";
import { R2ManagedDomain } from "@cdktf/provider-cloudflare/lib/r2-managed-domain";
import { Construct } from "constructs";

const SECONDS_A_DAY = 86_400;
const ABORT_UPLOADS_AFTER_DAYS = 7;

/** How long objects under a prefix stay: until then nothing can change or delete them, then the bucket deletes them. */
export interface BucketRetention {
  /** Start of the keys it holds for, such as `daily/`. No prefix may be the start of another. */
  readonly prefix: string;
  /** Whole days, at least 1; or `for ever`: nothing changes or deletes them while the lock is there. */
  readonly days: number | "for ever";
}

export interface PrivateBucketProps {
  readonly accountId: string;
  /** Name of the bucket, unique in the account and its jurisdiction. */
  readonly name: string;
  /**
   * Law the data must stay under.
   * @default "default" - none
   */
  readonly jurisdiction?: "default" | "eu" | "fedramp" | undefined;
  /**
   * What is kept how long. Taking a retention away again leaves its rules in the bucket if it was the last:
   * the provider's delete of locks sends nothing.
   * @default - objects stay until somebody deletes them, and nothing is locked
   */
  readonly retentions?: readonly BucketRetention[] | undefined;
  /**
   * The bucket exists under this name and is to be taken over, not created.
   * @default false
   */
  readonly adopt?: boolean | undefined;
}

/**
 * An R2 bucket without a public address, whose retention is the bucket's own and not a script's.
 * Destroying it would lose its objects and is refused.
 *
 * The public address is switched off when this is first applied. Somebody who switches it on later is not seen by a
 * plan: the provider's read of it does nothing (cloudflare/terraform-provider-cloudflare v5.14.0,
 * `internal/services/r2_managed_domain/resource.go`). Whoever looks for drift must ask Cloudflare itself.
 */
export class PrivateBucket extends Construct {
  /** Name of the bucket, as a reference: whoever uses it is created after the bucket. */
  readonly bucketName: string;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const jurisdiction = props.jurisdiction ?? "default";
    // No `location`: it is a hint at creation, answered in other letters, and a reason to replace the bucket.
    const bucket = new R2Bucket(this, "Default", {
      accountId: props.accountId,
      name: props.name,
      jurisdiction,
      lifecycle: { preventDestroy: true },
    });
    if (props.adopt) bucket.importFrom(`${props.accountId}/${props.name}/${jurisdiction}`);
    this.bucketName = bucket.name;

    const target = { accountId: props.accountId, bucketName: bucket.name, jurisdiction };
    // Rules are kept and compared as lists, so they need an order of their own.
    const retentions = [...(props.retentions ?? [])].sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
    new R2ManagedDomain(this, "public-address", { ...target, enabled: false });
    new R2BucketLifecycle(this, "lifecycle", {
      ...target,
      rules: [abandonedUploads(), ...retentions.flatMap(deletion)],
    });
    if (retentions.length > 0) new R2BucketLock(this, "lock", { ...target, rules: retentions.map(immutability) });
  }
}

/** The rule that Cloudflare gives to new buckets; the provider replaces all rules, so it is repeated. */
function abandonedUploads(): R2BucketLifecycleRules {
  return {
    id: "abort abandoned uploads",
    enabled: true,
    conditions: { prefix: "" },
    abortMultipartUploadsTransition: {
      condition: { type: "Age", maxAge: ABORT_UPLOADS_AFTER_DAYS * SECONDS_A_DAY },
    },
  };
}

function deletion({ prefix, days }: BucketRetention): readonly R2BucketLifecycleRules[] {
  if (days === "for ever") return [];
  return [
    {
      id: `delete ${prefix}`,
      enabled: true,
      conditions: { prefix },
      deleteObjectsTransition: { condition: { type: "Age", maxAge: days * SECONDS_A_DAY } },
    },
  ];
}

function immutability({ prefix, days }: BucketRetention): R2BucketLockRules {
  return {
    id: prefix === "" ? "keep all" : `keep ${prefix}`,
    enabled: true,
    prefix,
    condition: days === "for ever" ? { type: "Indefinite" } : { type: "Age", maxAgeSeconds: days * SECONDS_A_DAY },
  };
}
