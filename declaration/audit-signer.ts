import { z } from "zod";
import { matching, wanted } from "./values";

/** Entries of a later time are refused: the key was replaced, its owner left, or the workflow signs no more. @default - it still signs */
const until = z.iso
  .datetime({
    precision: 0,
    error: wanted("a time such as 2026-11-21T09:30:00Z", "write when it signed for the last time"),
  })
  .optional();

/** Somebody with a key. */
const KeySigner = z.strictObject({
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
  until,
});

/** A workflow, which signs without a key: Sigstore certifies what GitHub says of its run. */
const WorkflowSigner = z.strictObject({
  /**
   * What the certificate says: the workflow's file, and the branch or tag that it runs from. A workflow that others may call lends them its
   * identity: name none with `workflow_call`.
   */
  identity: matching(
    /^https:\/\/github\.com\/[A-Za-z0-9-]{1,39}\/[\w.-]{1,100}\/\.github\/workflows\/[\w.-]+\.ya?ml@refs\/(?:heads|tags)\/[\w./-]+$/,
    "a workflow and the ref that it runs from: https://github.com/<owner>/<repository>/.github/workflows/<file>@refs/heads/<branch>",
    "write it out: the whole of it is compared, so a pattern matches nothing",
    "https://github.com/sigstore/fulcio/blob/main/docs/oidc.md#github",
  ),
  /** Who says so of a run. An enterprise may have one of its own. */
  issuer: matching(
    /^https:\/\/token\.actions\.githubusercontent\.com(?:\/[a-z0-9-]+)?$/,
    "GitHub's issuer of identity tokens",
    "write https://token.actions.githubusercontent.com, with /<enterprise> behind it where the enterprise has one of its own",
    "https://docs.github.com/en/actions/reference/security/oidc",
  ),
  until,
});
export type WorkflowSigner = z.infer<typeof WorkflowSigner>;

/** Somebody or something whose signature the trail's entries may bear. */
export const AuditSigner = z.union([KeySigner, WorkflowSigner], {
  error: wanted("a key (publicKey), or a workflow (identity and issuer)", "declare one of the two"),
});
export type AuditSigner = z.infer<typeof AuditSigner>;
