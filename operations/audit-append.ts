import type { Fleet } from "../declaration/fleet";
import type { VerifiedEntry } from "./audit-chain";
import { witnessOf } from "./audit-witness";
import { type Act, AuditWriter, type AuditWriterOptions } from "./audit-writer";
import { type Clock, systemClock } from "./clock";
import { type Console, mark, printable } from "./console";
import { EXIT } from "./failure";

export interface AuditAppendOptions extends AuditWriterOptions, Act {
  readonly json: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** `gatehouse audit append`: writes down who did what, why and when, at the end of the trail. */
export async function auditAppend(
  fleet: Fleet,
  options: AuditAppendOptions,
  console: Console,
  clock: Pick<Clock, "now" | "random"> = systemClock,
): Promise<number> {
  const writer = await AuditWriter.open(fleet, options, clock);
  const appended = await writer.write(options, options.signal);
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
