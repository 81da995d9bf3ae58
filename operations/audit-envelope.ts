import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { z } from "zod";
import type { AuditEntry } from "../declaration/audit-entry";
import type { OpenedObject } from "./audit-object";
import { entryOf, PAYLOAD_TYPE, payloadOf } from "./audit-payload";

/**
 * An entry that is signed with a key, as it is stored: a DSSE envelope (https://github.com/secure-systems-lab/dsse/blob/v1.0.2/envelope.md), so
 * that the bytes that were signed are the bytes that are kept, and other tools can verify them.
 */
export const Envelope = z.strictObject({
  payloadType: z.literal(PAYLOAD_TYPE),
  payload: z.base64(),
  signatures: z.tuple([z.strictObject({ keyid: z.string(), sig: z.base64() })]),
});
export type Envelope = z.infer<typeof Envelope>;

/** A key that entries are verified with. */
export interface TrustedKey {
  readonly name: string;
  readonly key: KeyObject;
  /** Entries of a later time are refused. Unix time, milliseconds. */
  readonly until: number | undefined;
}

/** By key id. */
export type TrustedKeys = ReadonlyMap<string, TrustedKey>;

/** SHA-256 of the public key; of a private key, of the public one that belongs to it. */
export function keyId(key: KeyObject): string {
  const publicKey = key.type === "private" ? createPublicKey(key) : key;
  return createHash("sha256")
    .update(publicKey.export({ format: "der", type: "spki" }))
    .digest("hex");
}

/** The object of an entry. */
export function signedEntry(entry: AuditEntry, privateKey: KeyObject): Buffer {
  const payload = payloadOf(entry);
  const sig = sign(null, preAuthenticationEncoding(payload), privateKey).toString("base64");
  return storedEnvelope({
    payloadType: PAYLOAD_TYPE,
    payload: payload.toString("base64"),
    signatures: [{ keyid: keyId(privateKey), sig }],
  });
}

/** Verifies the signature; believes nothing before that. */
export function openedEnvelope(envelope: Envelope, trusted: TrustedKeys): OpenedObject {
  const payload = Buffer.from(envelope.payload, "base64");
  const [{ keyid, sig }] = envelope.signatures;
  const signer = trusted.get(keyid);
  if (signer === undefined)
    return { kind: "wrong key", why: `it is signed with the key ${keyid.slice(0, 16)}, which is not trusted` };
  if (!verify(null, preAuthenticationEncoding(payload), signer.key, Buffer.from(sig, "base64")))
    return { kind: "changed", why: `the signature of ${signer.name} is not of this text` };
  const read = entryOf(payload);
  if (read.kind !== "entry") return read;
  if (signer.until !== undefined && Date.parse(read.entry.at) > signer.until)
    return {
      kind: "wrong key",
      why: `the key ${signer.name} was in use until ${new Date(signer.until).toISOString()}`,
    };
  return { ...read, signer: signer.name };
}

/** Base64 has several spellings of the same bytes: this is the one that is written. */
export function storedEnvelope({ payloadType, payload, signatures: [{ keyid, sig }] }: Envelope): Buffer {
  const spelled = (text: string) => Buffer.from(text, "base64").toString("base64");
  const envelope = { payloadType, payload: spelled(payload), signatures: [{ keyid, sig: spelled(sig) }] };
  return Buffer.from(`${JSON.stringify(envelope)}\n`);
}

/** What is signed: https://github.com/secure-systems-lab/dsse/blob/v1.0.2/protocol.md#signature-definition */
function preAuthenticationEncoding(payload: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${Buffer.byteLength(PAYLOAD_TYPE)} ${PAYLOAD_TYPE} ${payload.length} `),
    payload,
  ]);
}
