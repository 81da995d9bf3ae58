import { AuditEntry } from "../declaration/audit-entry";
import { formatProblem } from "../declaration/problem";
import { checkShape } from "../declaration/shape";
import { jsonOf } from "./json-of";
import { recordOf } from "./record-of";

/** What is signed, whoever signs: the text of an entry, as a payload of this type. */
export const PAYLOAD_TYPE = "application/vnd.gatehouse.audit-entry+json";

export type ReadEntry =
  | { readonly kind: "entry"; readonly entry: AuditEntry }
  | { readonly kind: "not understood"; readonly why: string };

export function payloadOf(entry: AuditEntry): Buffer {
  return Buffer.from(JSON.stringify(entry));
}

/** Reads what was signed. */
export function entryOf(payload: Buffer): ReadEntry {
  const read = jsonOf(payload);
  const { version } = recordOf(read);
  if (version !== 1) {
    const came = typeof version === "number" ? `version ${version}` : "no version";
    return { kind: "not understood", why: `it has ${came}; this Gatehouse reads version 1` };
  }
  const { problems } = checkShape("entry", AuditEntry, read);
  if (problems.length > 0) return { kind: "not understood", why: problems.map(formatProblem).join("\n") };
  return { kind: "entry", entry: read as AuditEntry };
}
