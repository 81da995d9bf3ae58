import type { Fleet } from "../declaration/fleet";
import { append, trustedEntry } from "./audit-appending";
import type { VerifiedEntry } from "./audit-chain";
import { type AuditOptions, auditStore, declaredTrail } from "./audit-run";
import { recordOfAct, type Said } from "./audit-said";
import { auditSigning } from "./audit-signing";
import { readWitness, witnessOf, writeWitness } from "./audit-witness";
import { type Clock, systemClock } from "./clock";
import { type Console, mark, printable } from "./console";
import { EXIT } from "./failure";

export interface AuditAppendOptions extends AuditOptions, Said {
  /** Place of the entry whose act has ended. */
  readonly of?: number | undefined;
  /** File of the private key. @default - that of the environment; without one, the run of a workflow signs as what it is */
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
export function said({ entry, digest, signer, logged }: VerifiedEntry): string {
  const signed =
    logged === undefined
      ? `signed with the key ${printable(signer)}`
      : `signed as the workflow ${signer} by Sigstore, entry ${logged.index} of its log`;
  return `${mark.ok} entry ${entry.sequence}: ${entry.act} ${entry.outcome}, by ${printable(entry.actor)}; ${signed} (${digest})`;
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
  const { sign, trust } = await auditSigning(audit, options);
  const witness = options.witness === undefined ? undefined : await readWitness(options.witness);
  const store = auditStore(audit, options);
  const pending = of === undefined ? undefined : (await trustedEntry(store, of, trust)).entry;
  const record = await recordOfAct(fleet, options, environment, pending);
  const appended = await append(record, { store, sign, trust, witness, acceptClock, clock, signal });
  if (options.witness !== undefined) writeWitness(options.witness, witnessOf(appended.entry, appended.digest));
  return appended;
}
