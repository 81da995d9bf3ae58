import { type PolicyReport, placeOf } from "../policies/report";
import type { Waiver } from "../policies/waiver";
import { formatFault, WAIVERS_FILE, type WaiverFault } from "../policies/waiver-fault";
import { documentOf } from "../policies/waiver-scope";
import { type Console, mark, printable, table, wrapped } from "./console";
import { markdownCell } from "./markdown-cell";

const WIDTH = 36;
const HEAD = ["waived", "in", "at", "waiver", "why", "owner, approver", "until"] as const;

type Waivers = Pick<PolicyReport, "waived" | "faults">;

/** What waivers let pass, and what is wrong with waivers, for people. */
export function printWaivers({ waived, faults }: Waivers, console: Console): void {
  const rows = rowsOf(waived).map((row) => row.map((cell) => wrapped(printable(cell), WIDTH)));
  if (rows.length > 0) console.print(table(HEAD, rows));
  for (const fault of faults) console.print(`${mark.drift} ${printable(formatFault(fault))}`);
}

/** The same for a pull request or a job summary. */
export function waiversMarkdown({ waived, faults }: Waivers): readonly string[] {
  const lines: string[] = [];
  if (waived.length > 0) {
    lines.push("", "### Waived", "", `| ${HEAD.join(" | ")} |`, `|${"---|".repeat(HEAD.length)}`);
    for (const row of rowsOf(waived)) lines.push(`| ${row.map(markdownCell).join(" | ")} |`);
  }
  if (faults.length > 0) {
    lines.push(
      "",
      "### Faults of waivers",
      "",
      "| where | waiver | came | expected | to do |",
      "|---|---|---|---|---|",
    );
    for (const { line, waiver, path, came, expected, remedy } of faults) {
      const what = [waiver, path].filter((part) => part !== undefined && part !== "").join(": ");
      const cells = [`${WAIVERS_FILE}:${line}`, what, came, expected, remedy];
      lines.push(`| ${cells.map(markdownCell).join(" | ")} |`);
    }
  }
  return lines;
}

/** Why something is no failure, in a line. */
export function justification({ id, reason, owner, approver, expires, ticket }: Waiver): string {
  return `waived by ${id} until ${expires}: ${reason} (owner ${owner}, approved by ${approver}, ${ticket})`;
}

/** A fault in a line. */
export function faultLine({ line, waiver, path, came, expected, remedy }: WaiverFault): string {
  const where = [`${WAIVERS_FILE}:${line}`, waiver, path].filter((part) => part !== undefined && part !== "");
  return `${where.join(": ")}: came ${came}; expected ${expected}; to do: ${remedy}`;
}

function rowsOf(waived: PolicyReport["waived"]): readonly (readonly string[])[] {
  return waived.map(({ waiver, ...finding }) => [
    waiver.rule,
    documentOf(waiver.scope),
    placeOf(finding),
    waiver.id,
    `${waiver.reason} (${waiver.ticket})`,
    `${waiver.owner}, ${waiver.approver}`,
    waiver.expires,
  ]);
}
