import type { Fleet } from "../declaration/fleet";
import type { VerifiedEntry } from "./audit-chain";
import { readTrail } from "./audit-read";
import type { AuditOptions } from "./audit-run";
import { exitCodeOf } from "./audit-verify";
import { type Console, counted, mark } from "./console";

export interface AuditExportOptions extends AuditOptions {
  readonly format: "jsonl" | "csv";
}

/**
 * `gatehouse audit export`: prints the entries that are as they were written, one a line. Exit code as of `audit verify`: where something is wrong, what
 * is printed is not the whole trail.
 */
export async function auditExport(fleet: Fleet, options: AuditExportOptions, console: Console): Promise<number> {
  const { entries, findings } = await readTrail(fleet, options);
  if (options.format === "csv") console.print(COLUMNS.map(([name]) => cell(name)).join(","));
  for (const one of entries)
    console.print(
      options.format === "csv"
        ? COLUMNS.map(([, value]) => cell(value(one))).join(",")
        : JSON.stringify({ ...one.entry, digest: one.digest, signer: one.signer, logged: one.logged }),
    );
  if (findings.length > 0)
    console.progress(
      `${mark.failed} ${counted(findings.length, "finding")}: this is not the whole trail; npx gatehouse audit verify says what is wrong`,
    );
  return exitCodeOf(findings);
}

type Column = readonly [name: string, value: (entry: VerifiedEntry) => string];

const COLUMNS: readonly Column[] = [
  ["entry", ({ entry }) => String(entry.sequence)],
  ["at", ({ entry }) => entry.at],
  ["act", ({ entry }) => entry.act],
  ["outcome", ({ entry }) => entry.outcome],
  ["end of", ({ entry }) => String(entry.endOf ?? "")],
  ["actor", ({ entry }) => entry.actor],
  ["reason", ({ entry }) => entry.reason ?? ""],
  ["stacks", ({ entry }) => entry.stacks.map(({ name }) => name).join(" ")],
  ["stages", ({ entry }) => [...new Set(entry.stacks.flatMap(({ stage }) => stage ?? []))].join(" ")],
  ["production", ({ entry }) => (entry.stacks.some(({ production }) => production) ? "yes" : "no")],
  ["plans", ({ entry }) => entry.plans.join(" ")],
  ["commit", ({ entry }) => entry.commit ?? ""],
  ["artifact", ({ entry }) => entry.artifact ?? ""],
  ["waivers", ({ entry }) => entry.waivers.join(" ")],
  ["run", ({ entry }) => entry.run ?? ""],
  ["signer", ({ signer }) => signer],
  ["log entry", ({ logged }) => String(logged?.index ?? "")],
  ["digest", ({ digest }) => digest],
];

/** What begins like a formula is one to a spreadsheet, quoted or not: https://owasp.org/www-community/attacks/CSV_Injection */
function cell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}
