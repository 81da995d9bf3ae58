import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { z } from "zod";
import { AuditEntry } from "../declaration/audit-entry";
import type { AuditSigner } from "../declaration/audit-trail";
import { formatProblem } from "../declaration/problem";
import { checkShape } from "../declaration/shape";
import { recordOf } from "./record-of";

/**
 * An entry as it is stored: a DSSE envelope (https://github.com/secure-systems-lab/dsse/blob/v1.0.2/envelope.md), so that the bytes that were
 * signed are the bytes that are kept, and other tools can verify them.
 */
const Envelope = z.strictObject({
  payloadType: z.literal("application/vnd.gatehouse.audit-entry+json"),
  payload: z.base64(),
  signatures: z.tuple([z.strictObject({ keyid: z.string(), sig: z.base64() })]),
});
type Envelope = z.infer<typeof Envelope>;

const PAYLOAD_TYPE: Envelope["payloadType"] = "application/vnd.gatehouse.audit-entry+json";

/** More than any entry has. Bytes. */
const LARGEST = 1_048_576;

/** A key that entries are verified with. */
export interface TrustedKey {
  readonly name: string;
  readonly key: KeyObject;
  /** Entries of a later time are refused. Unix time, milliseconds. */
  readonly until: number | undefined;
}

/** By key id. */
export type TrustedKeys = ReadonlyMap<string, TrustedKey>;

/** What an object of the trail turned out to be. */
export type OpenedObject =
  | { readonly kind: "entry"; readonly entry: AuditEntry; readonly signer: string }
  | { readonly kind: "changed" | "wrong key" | "not understood"; readonly why: string };

/** Of a declaration. */
export function trustedKeys(signers: Readonly<Record<string, AuditSigner>>): TrustedKeys {
  return new Map(
    Object.entries(signers).map(([name, { publicKey, until }]) => {
      const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
      return [keyId(key), { name, key, until: until === undefined ? undefined : Date.parse(until) }];
    }),
  );
}

/** SHA-256 of the public key; of a private key, of the public one that belongs to it. */
export function keyId(key: KeyObject): string {
  const publicKey = key.type === "private" ? createPublicKey(key) : key;
  return createHash("sha256")
    .update(publicKey.export({ format: "der", type: "spki" }))
    .digest("hex");
}

/** Of the object as it is stored, signature and all. */
export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

/** The object of an entry. */
export function signedEntry(entry: AuditEntry, privateKey: KeyObject): Buffer {
  const payload = Buffer.from(JSON.stringify(entry));
  const sig = sign(null, preAuthenticationEncoding(payload), privateKey).toString("base64");
  return stored({
    payloadType: PAYLOAD_TYPE,
    payload: payload.toString("base64"),
    signatures: [{ keyid: keyId(privateKey), sig }],
  });
}

/** Reads an object of the trail and verifies its signature; believes nothing in it before that. */
export function openedObject(bytes: Buffer, trusted: TrustedKeys): OpenedObject {
  const envelope = envelopeOf(bytes);
  if (typeof envelope === "string") return { kind: "changed", why: envelope };
  const payload = Buffer.from(envelope.payload, "base64");
  const [{ keyid, sig }] = envelope.signatures;
  const signer = trusted.get(keyid);
  if (signer === undefined)
    return { kind: "wrong key", why: `it is signed with the key ${keyid.slice(0, 16)}, which is not trusted` };
  if (!verify(null, preAuthenticationEncoding(payload), signer.key, Buffer.from(sig, "base64")))
    return { kind: "changed", why: `the signature of ${signer.name} is not of this text` };
  const read = jsonOf(payload);
  const { version } = recordOf(read);
  if (version !== 1) {
    const came = typeof version === "number" ? `version ${version}` : "no version";
    return { kind: "not understood", why: `it has ${came}; this Gatehouse reads version 1` };
  }
  const { problems } = checkShape("entry", AuditEntry, read);
  if (problems.length > 0) return { kind: "not understood", why: problems.map(formatProblem).join("\n") };
  const entry = read as AuditEntry;
  if (signer.until !== undefined && Date.parse(entry.at) > signer.until)
    return {
      kind: "wrong key",
      why: `the key ${signer.name} was in use until ${new Date(signer.until).toISOString()}`,
    };
  return { kind: "entry", entry, signer: signer.name };
}

/** The envelope, or why there is none. Only the very bytes that were written are taken: no other spelling of the same JSON. */
function envelopeOf(bytes: Buffer): Envelope | string {
  if (bytes.length === 0) return "it is empty";
  if (bytes.length > LARGEST) return `it has ${bytes.length} bytes, more than any entry`;
  const { success, data } = Envelope.safeParse(jsonOf(bytes));
  if (!success) return "it is no signed entry, or not the whole of one";
  return stored(data).equals(bytes) ? data : "it is not as it was written, though it says the same";
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

/** Base64 has several spellings of the same bytes: this is the one that is written. */
function stored({ payloadType, payload, signatures: [{ keyid, sig }] }: Envelope): Buffer {
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
