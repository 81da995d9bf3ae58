import { z } from "zod";
import { AuditSigner } from "./audit-signer";
import { entryKey, literals, matching, repositoryPath, wanted } from "./values";

const bucketName = matching(
  /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  "the name of an R2 bucket: 3 to 63 of a–z, 0–9 and -, not at its ends",
  "write the bucket's name",
  "https://developers.cloudflare.com/r2/buckets/create-buckets/",
);

/**
 * Where the trail of deploys and privileged acts is kept, and whose signature its entries bear. Who may sign is declared, and so reviewed: a
 * trail can't say itself whom to trust.
 */
export const AuditTrail = z
  .strictObject({
    /** Directory of the entries, from the root of the project. It lasts only as long as the disk does that it is on. @default - a bucket has them */
    directory: repositoryPath("the directory of the trail").optional(),
    /**
     * A bucket of the organization's own Cloudflare account, which is made, with a lock on every object of it: while the lock is there, nobody can
     * change or delete one, whoever has the bucket's keys. @default - a directory has them
     */
    bucket: z
      .strictObject({
        /** Unique in the account. */
        name: bucketName,
        /** Law that the entries must stay under. @default "default" - none */
        jurisdiction: literals(["default", "eu", "fedramp"], "a jurisdiction").optional(),
      })
      .optional(),
    /** By a name that reports show. One that signs no more stays, with `until`: what it signed is still to be verified. */
    signers: z.record(entryKey, AuditSigner).refine((signers) => Object.keys(signers).length > 0, {
      error: wanted("at least one signer", "declare the public key, or the workflow, whose entries are believed"),
    }),
  })
  .refine(({ directory, bucket }) => (directory === undefined) !== (bucket === undefined), {
    error: wanted("either a directory or a bucket: a trail is in one place", "leave one of the two"),
  });
export type AuditTrail = z.infer<typeof AuditTrail>;
