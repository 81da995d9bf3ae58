import { resolve } from "node:path";
import { z } from "zod";
import { AuditTrail } from "../declaration/audit-trail";
import type { Fleet } from "../declaration/fleet";
import { DeclarationError } from "../declaration/problem";
import { checkShape } from "../declaration/shape";
import { identifier32, wanted } from "../declaration/values";
import { AuditBucket } from "./audit-bucket";
import { AuditDirectory } from "./audit-directory";
import type { AuditStore } from "./audit-store";
import type { TrustOptions } from "./audit-trust";
import { Failure } from "./failure";

/** What the verbs on the trail have in common. */
export interface AuditOptions extends TrustOptions {
  /** Directory, in place of what is declared. */
  readonly trail?: string | undefined;
  /** File with what somebody has seen of the trail before. */
  readonly witness?: string | undefined;
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/** Where nothing else is declared. */
const DEFAULT_DIRECTORY = ".gatehouse/audit";

/** Where the trail is: in the directory of the options, or as it is declared. */
export function auditStore(
  declared: DeclaredTrail | undefined,
  { trail, root, environment }: Pick<AuditOptions, "trail" | "root" | "environment">,
): AuditStore {
  if (trail !== undefined || declared?.bucket === undefined)
    return new AuditDirectory(resolve(root, trail ?? declared?.directory ?? DEFAULT_DIRECTORY));
  const { name: bucket, jurisdiction = "default" } = declared.bucket;
  const {
    GATEHOUSE_AUDIT_ENDPOINT: elsewhere,
    GATEHOUSE_AUDIT_ACCESS_KEY_ID: accessKeyId,
    GATEHOUSE_AUDIT_SECRET_ACCESS_KEY: secretAccessKey,
  } = environment;
  if (!accessKeyId || !secretAccessKey)
    throw new Failure(
      `the trail is in the bucket ${bucket}, and there is no key for it\nset GATEHOUSE_AUDIT_ACCESS_KEY_ID and GATEHOUSE_AUDIT_SECRET_ACCESS_KEY to those of an R2 token that may read and write objects of this bucket alone`,
    );
  const law = jurisdiction === "default" ? "" : `.${jurisdiction}`;
  // https://developers.cloudflare.com/r2/api/s3/api/, https://developers.cloudflare.com/r2/reference/data-location/
  const endpoint = (elsewhere || `https://${declared.accountId}${law}.r2.cloudflarestorage.com`).replace(/\/+$/, "");
  return new AuditBucket({ endpoint, bucket, accessKeyId, secretAccessKey });
}

/** As it is declared, with what else must be known to find it. */
export type DeclaredTrail = AuditTrail & { readonly accountId?: string | undefined };

const Readable = z.object({
  audit: AuditTrail.optional(),
  cloudflare: z
    .object({ accountId: identifier32 }, { error: wanted("the account of the trail's bucket", "declare cloudflare") })
    .optional(),
});

/**
 * What is declared of the trail. Nothing else needs to be right: a mistake in a service must not keep anybody from writing down what happened.
 * @throws DeclarationError
 */
export function declaredTrail({ organization }: Fleet): DeclaredTrail | undefined {
  const { audit, cloudflare } = organization;
  const account = audit?.bucket === undefined ? undefined : (cloudflare ?? null);
  const { problems } = checkShape("organization", Readable, { audit, cloudflare: account });
  if (problems.length > 0) throw new DeclarationError(problems);
  return audit && { ...audit, accountId: account?.accountId };
}
