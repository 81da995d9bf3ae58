import type { Fleet } from "../declaration/fleet";
import type { Finding } from "./audit-chain";
import { type ReadTrail, readTrail } from "./audit-read";
import type { AuditOptions } from "./audit-run";
import { witnessOf, writeWitness } from "./audit-witness";
import { type Console, counted, mark, printable, table, wrapped } from "./console";
import { EXIT } from "./failure";

export interface AuditVerifyOptions extends AuditOptions {
  readonly json: boolean;
}

const WIDTH = 90;

/**
 * `gatehouse audit verify`: whether every entry of the trail is as it was written, and which are not. Exit code 0 when all are, 2 when one isn't, 1 when
 * it could not be read, or holds what only another Gatehouse understands.
 */
export async function auditVerify(fleet: Fleet, options: AuditVerifyOptions, console: Console): Promise<number> {
  const trail = await readTrail(fleet, options);
  const { entries, findings, unfinished, where } = trail;
  const newest = entries.at(-1);
  if (options.json) {
    const head = newest === undefined ? null : witnessOf(newest.entry, newest.digest);
    console.print(
      JSON.stringify({ version: 1, where, entries: entries.length, head, findings, unfinished }, undefined, 2),
    );
  } else print(trail, console);
  if (findings.length === 0 && newest !== undefined && options.witness !== undefined)
    writeWitness(options.witness, witnessOf(newest.entry, newest.digest));
  return exitCodeOf(findings);
}

/** What could not be judged is not well; it is no tampering either. */
export function exitCodeOf(findings: readonly Finding[]): number {
  if (findings.length === 0) return EXIT.fine;
  return findings.every(({ kind }) => kind === "not understood") ? EXIT.failed : EXIT.found;
}

function print({ entries, findings, unfinished, where, witness }: ReadTrail, console: Console): void {
  if (findings.length > 0) {
    const rows = findings.map(({ which, kind, said }) => [printable(which), kind, wrapped(printable(said), WIDTH)]);
    console.print(table(["entry", "finding", "why"], rows));
  }
  for (const place of unfinished)
    console.print(`${mark.skipped} entry ${place}: nothing says how it ended; it is under way, or was interrupted`);
  if (witness === undefined)
    console.print(
      `${mark.skipped} without --witness <file>, nobody misses entries that were removed from the end, or a whole trail that was replaced`,
    );
  const newest = entries.at(-1);
  const head =
    newest === undefined ? "" : `, the newest ${newest.entry.sequence} of ${newest.entry.at} (${newest.digest})`;
  console.print(
    findings.length === 0
      ? `${mark.ok} ${where}: ${entries.length === 1 ? "1 entry" : `${entries.length} entries`}, all as they were written${head}`
      : `${mark.failed} ${where}: ${counted(findings.length, "finding")}; keep the trail as it is, and find out who could write there`,
  );
}
