import { z } from "zod";
import type { LoggedAt, OpenedObject } from "./audit-object";
import { entryOf, PAYLOAD_TYPE } from "./audit-payload";

/** Only the spelling that is written. */
const base64 = z.base64().refine((text) => Buffer.from(text, "base64").toString("base64") === text);

/** Sigstore leaves out what is 0 or empty. */
const count = z.string().regex(/^[1-9]\d{0,14}$/);

/**
 * That the log has the entry: hashes that lead to the root of its tree, and the root signed by the log. What Sigstore's clients don't look at is
 * held to what they do, so that no byte of it can be another one.
 */
const InclusionProof = z
  .strictObject({
    /** In the tree. @default - the first */
    logIndex: count.optional(),
    rootHash: base64,
    treeSize: count,
    /** @default - it is alone in the tree */
    hashes: z.array(base64).min(1).optional(),
    checkpoint: z.strictObject({ envelope: z.string() }),
  })
  .refine(({ rootHash, treeSize, checkpoint: { envelope } }) => {
    const [, size, root] = envelope.split("\n", 3);
    return size === treeSize && root === rootHash && /^[^\n]+\n(?:[^\n]+\n)+\n\u2014 \S+ \S+\n$/.test(envelope);
  });

/**
 * An entry that a workflow signed, as it is stored: a Sigstore bundle (https://docs.sigstore.dev/about/bundle/) of the envelope, the certificate of
 * the key that was made for it and thrown away, and the transparency log's entry. The log's promise is asked for beside its proof: only there its
 * time is signed.
 */
export const Bundle = z.strictObject({
  mediaType: z.literal("application/vnd.dev.sigstore.bundle.v0.3+json"),
  verificationMaterial: z.strictObject({
    certificate: z.strictObject({ rawBytes: base64 }),
    tlogEntries: z.tuple([
      z.strictObject({
        logIndex: count,
        logId: z.strictObject({ keyId: base64 }),
        kindVersion: z.strictObject({ kind: z.literal("dsse"), version: z.literal("0.0.1") }),
        integratedTime: count,
        inclusionPromise: z.strictObject({ signedEntryTimestamp: base64 }),
        inclusionProof: InclusionProof,
        canonicalizedBody: base64,
      }),
    ]),
    timestampVerificationData: z.strictObject({}),
  }),
  dsseEnvelope: z.strictObject({
    payload: base64,
    payloadType: z.literal(PAYLOAD_TYPE),
    signatures: z.tuple([z.strictObject({ sig: base64 })]),
  }),
});
export type Bundle = z.infer<typeof Bundle>;

/** A workflow whose entries are believed. */
export interface TrustedWorkflow {
  readonly name: string;
  readonly identity: string;
  readonly issuer: string;
  /** Entries that were logged later are refused. Unix time, milliseconds. */
  readonly until: number | undefined;
}

/** Whom Sigstore certifies to have signed a bundle, or why it is not what was signed. */
export type VerifiedBundle =
  | { readonly identity: string; readonly issuer: string }
  | { readonly kind: "changed" | "wrong key"; readonly why: string };

export type BundleVerifier = (bundle: Bundle) => VerifiedBundle;

/** Verifies the signature; believes nothing before that. */
export function openedBundle(
  bundle: Bundle,
  trusted: readonly TrustedWorkflow[],
  verified: BundleVerifier,
): OpenedObject {
  const by = verified(bundle);
  if ("kind" in by) return by;
  const signer = trusted.find(({ identity, issuer }) => identity === by.identity && issuer === by.issuer);
  if (signer === undefined)
    return {
      kind: "wrong key",
      why: `it is signed by ${by.identity}, of which ${by.issuer} vouches, and which is not trusted`,
    };
  const logged = loggedAt(bundle);
  if (signer.until !== undefined && logged.time > signer.until)
    return {
      kind: "wrong key",
      why: `the workflow ${signer.name} signed until ${new Date(signer.until).toISOString()}`,
    };
  const read = entryOf(Buffer.from(bundle.dsseEnvelope.payload, "base64"));
  return read.kind === "entry" ? { ...read, signer: signer.name, logged } : read;
}

export function storedBundle(bundle: Bundle): Buffer {
  return Buffer.from(`${JSON.stringify(bundle)}\n`);
}

function loggedAt({ verificationMaterial: { tlogEntries } }: Bundle): LoggedAt {
  const [{ logIndex, integratedTime }] = tlogEntries;
  return { index: Number(logIndex), time: Number(integratedTime) * 1000 };
}
