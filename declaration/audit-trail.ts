import { z } from "zod";
import { entryKey, literals, matching, repositoryPath, wanted } from "./values";

const bucketName = matching(
  /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  "the name of an R2 bucket: 3 to 63 of a–z, 0–9 and -, not at its ends",
  "write the bucket's name",
  "https://developers.cloudflare.com/r2/buckets/create-buckets/",
);

/** Somebody or something whose signature the trail's entries may bear. */
export const AuditSigner = z.strictObject({
  /**
   * Base64 of an ed25519 public key (SPKI): the middle line of what `openssl pkey -pubout` prints. 12 bytes say that it is such a key, 32 are
   * the key: https://datatracker.ietf.org/doc/html/rfc8410#section-4
   */
  publicKey: matching(
    /^MCowBQYDK2VwAyEA[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/,
    "the middle line of an ed25519 public key in PEM, which begins with MCowBQYDK2VwAyEA",
    "make a key with openssl genpkey -algorithm ed25519, and write the middle line of what openssl pkey -pubout prints of it",
    "https://datatracker.ietf.org/doc/html/rfc8410#section-4",
  ),
  /** Entries of a later time are refused: the key was replaced, or its owner left. @default - the key is in use */
  until: z.iso
    .datetime({
      precision: 0,
      error: wanted("a time such as 2026-11-21T09:30:00Z", "write when the key was used for the last time"),
    })
    .optional(),
});
export type AuditSigner = z.infer<typeof AuditSigner>;

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
    /** By a name that reports show. A key that is no longer used stays, with `until`: what it signed is still to be verified. */
    signers: z.record(entryKey, AuditSigner).refine((signers) => Object.keys(signers).length > 0, {
      error: wanted("at least one signer", "declare the public key with which entries are verified"),
    }),
  })
  .refine(({ directory, bucket }) => (directory === undefined) !== (bucket === undefined), {
    error: wanted("either a directory or a bucket: a trail is in one place", "leave one of the two"),
  });
export type AuditTrail = z.infer<typeof AuditTrail>;
