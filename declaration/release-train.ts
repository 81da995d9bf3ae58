import { z } from "zod";
import { entryKey, matching, settingKey, text, wanted, wholeNumber } from "./values";

/** How images are signed, and so what a deployment verifies. */
export const Signing = z.discriminatedUnion(
  "kind",
  [
    /** By a key pair of cosign's. */
    z.strictObject({
      kind: z.literal("key"),
      /** Secret: the private key, encrypted, as cosign generate-key-pair writes it. */
      privateKey: settingKey,
      /** Secret: its password. */
      password: settingKey,
      /** The public key, PEM. It verifies, and is no secret. */
      publicKey: z
        .string()
        .regex(/^-----BEGIN PUBLIC KEY-----\n(?:[A-Za-z0-9+/=]{1,64}\n){1,20}-----END PUBLIC KEY-----\n?$/, {
          error: wanted("a public key, PEM", "copy cosign.pub; never the private key"),
        }),
    }),
    /** By the identity of the release workflow, through Sigstore: no key to keep. https://docs.sigstore.dev/cosign/signing/overview/ */
    z.strictObject({ kind: z.literal("keyless") }),
  ],
  { error: wanted('signing of kind "key" or "keyless"', "say how images are signed") },
);
export type Signing = z.infer<typeof Signing>;

/**
 * The way of a commit on `main` into the stages: built once, signed, deployed to the rehearsal behind the gate, then to production step by
 * step; back to the last known-good digest on a breach.
 */
export const Train = z.strictObject({
  /** Stage that releases go to first. @default - production only */
  rehearsal: entryKey.optional(),
  /** Stage that releases are for. */
  stage: entryKey,
  /** Role that may set the train going again after a rollback has frozen it. */
  unfreeze: entryKey,
  /** A promotion that isn't at its end by then has failed. Minutes. */
  withinMinutes: wholeNumber({
    what: "minutes",
    from: 5,
    to: 350,
    remedy: "write more than all observation windows together; a job of GitHub's ends after 360",
  }),
  /** Pattern of the tags that mark releases; they can't be moved or deleted. */
  tags: matching(/^[a-z][a-z0-9-]*-\*$/, 'a tag pattern such as "prod-*"', "write a prefix and -*"),
  /** Note on what the release needs of its database, for the release notes. */
  migrationNotes: text("where migration notes come from"),
  /** Days the evidence of a release is kept. */
  evidenceDays: wholeNumber({
    what: "days",
    from: 1,
    to: 400,
    remedy: "GitHub keeps artifacts of private repositories for at most 400 days, of public ones 90",
  }),
});
export type Train = z.infer<typeof Train>;

/**
 * Secrets that the train reads in the environments of its stages. Their names are the same for every service: workflows of the library read them, and
 * GitHub gives those a secret of the environment by its name alone.
 * https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows#using-inputs-and-secrets-in-a-reusable-workflow
 */
export const TRAIN_SECRETS = {
  /** User of the registry. */
  registryUser: "REGISTRY_USER",
  /** Its token, which may push the image. */
  registryToken: "REGISTRY_TOKEN",
  /** kubeconfig of the deployer of the stage's namespace. */
  kubeconfig: "KUBE_CONFIG",
} as const;

/** The tag that stops the train. A rollback sets it; only who plays the role `unfreeze` may remove it. */
export const FREEZE_TAG = "frozen/rollback";

/** Annotation of a workload: the digest that was known to be good before the one that is now, where a rollback of that one goes. */
export const KNOWN_GOOD_BEFORE = "gatehouse.dev/known-good-before";
