import type { Fleet } from "../declaration/fleet";
import { append, trustedEntry } from "./audit-appending";
import type { VerifiedEntry } from "./audit-chain";
import { keyId } from "./audit-envelope";
import { signingKey, verifyingKeys } from "./audit-keys";
import { type AuditOptions, auditStore, declaredTrail } from "./audit-run";
import { recordOfAct, type Said } from "./audit-said";
import { readWitness, witnessOf, writeWitness } from "./audit-witness";
import { type Clock, systemClock } from "./clock";
import { type Console, mark, printable } from "./console";
import { EXIT } from "./failure";

export interface AuditAppendOptions extends AuditOptions, Said {
  /** Place of the entry whose act has ended. */
  readonly of?: number | undefined;
  /** File of the private key. */
  readonly key?: string | undefined;
  readonly acceptClock: boolean;
  readonly json: boolean;
}

/** `gatehouse audit append`: writes down who did what, why and when, at the end of the trail. */
export async function auditAppend(
  fleet: Fleet,
  options: AuditAppendOptions,
  console: Console,
  clock: Pick<Clock, "now" | "random"> = systemClock,
): Promise<number> {
  const appended = await appendAct(fleet, options, clock);
  console.print(options.json ? JSON.stringify(witnessOf(appended.entry, appended.digest)) : said(appended));
  return EXIT.fine;
}

/** The line that says of an entry that it is there. */
export function said({ entry, digest }: VerifiedEntry): string {
  return `${mark.ok} entry ${entry.sequence}: ${entry.act} ${entry.outcome}, by ${printable(entry.actor)} (${digest})`;
}

/**
 * Writes an act down, and brings the witness up to date.
 * @throws Failure when nothing was appended
 */
export async function appendAct(
  fleet: Fleet,
  options: Omit<AuditAppendOptions, "json">,
  clock: Pick<Clock, "now" | "random">,
): Promise<VerifiedEntry> {
  const audit = declaredTrail(fleet);
  const { environment, of, acceptClock, signal } = options;
  const key = await signingKey(options.key, environment);
  // Where nobody else is named, who signs believes what that key has signed before.
  const own = new Map([[keyId(key), { name: "this key", key, until: undefined }]]);
  const trusted = audit === undefined && options.trust.length === 0 ? own : await verifyingKeys(audit, options.trust);
  const witness = options.witness === undefined ? undefined : await readWitness(options.witness);
  const store = auditStore(audit, options);
  const pending = of === undefined ? undefined : (await trustedEntry(store, of, trusted)).entry;
  const record = await recordOfAct(fleet, options, environment, pending);
  const appended = await append(record, { store, key, trusted, witness, acceptClock, clock, signal });
  if (options.witness !== undefined) await writeWitness(options.witness, witnessOf(appended.entry, appended.digest));
  return appended;
}
