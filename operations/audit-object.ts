import { createHash } from "node:crypto";
import type { AuditEntry } from "../declaration/audit-entry";
import { Bundle, openedBundle, storedBundle } from "./audit-bundle";
import { Envelope, openedEnvelope, storedEnvelope } from "./audit-envelope";
import type { AuditTrust } from "./audit-trust";
import { jsonOf } from "./json-of";

/** Where and when the transparency log took an entry. */
export interface LoggedAt {
  readonly index: number;
  /** Unix time, milliseconds. */
  readonly time: number;
}

/** What an object of the trail turned out to be. */
export type OpenedObject =
  | {
      readonly kind: "entry";
      readonly entry: AuditEntry;
      readonly signer: string;
      /** @default - it is signed with a key, of which no log knows */
      readonly logged?: LoggedAt;
    }
  | { readonly kind: "changed" | "wrong key" | "not understood"; readonly why: string };

/** More than any entry has. Bytes. */
const LARGEST = 1_048_576;

/** Of the object as it is stored, signature and all. */
export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

/**
 * Reads an object of the trail and verifies its signature. Only the very bytes that were written are taken: no other spelling of the same JSON.
 * @throws Failure when a workflow signed it, and there is nothing at hand to judge that with
 */
export async function openedObject(bytes: Buffer, trust: AuditTrust): Promise<OpenedObject> {
  if (bytes.length === 0) return { kind: "changed", why: "it is empty" };
  if (bytes.length > LARGEST) return { kind: "changed", why: `it has ${bytes.length} bytes, more than any entry` };
  const read = jsonOf(bytes);
  const envelope = Envelope.safeParse(read);
  if (envelope.success)
    return storedEnvelope(envelope.data).equals(bytes) ? openedEnvelope(envelope.data, trust.keys) : ANOTHER_SPELLING;
  const bundle = Bundle.safeParse(read);
  if (!bundle.success) return { kind: "changed", why: "it is no signed entry, or not the whole of one" };
  if (!storedBundle(bundle.data).equals(bytes)) return ANOTHER_SPELLING;
  if (trust.workflows.length === 0) return { kind: "wrong key", why: "a workflow signed it, and none is trusted" };
  return openedBundle(bundle.data, trust.workflows, await trust.sigstore());
}

const ANOTHER_SPELLING: OpenedObject = {
  kind: "changed",
  why: "it is not as it was written, though it says the same",
};
