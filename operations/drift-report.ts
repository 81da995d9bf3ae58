import { type Console, mark, printable, seconds, table } from "./console";
import { fenced } from "./github-body";
import { markdownCell } from "./markdown-cell";
import type { ResourceChange } from "./plan-changes";
import type { Outcome, StackPlan } from "./stack-run";

/** What was found of one stack. Three answers: it differs, it could not be seen, or neither. */
export interface StackDrift {
  readonly stack: string;
  readonly status: "same" | "differs" | "unseen";
  /** What differs from the declaration. */
  readonly changes: readonly ResourceChange[];
  /** Changed outside, in something the declaration says nothing of. */
  readonly undeclared: readonly string[];
  /** Why the stack could not be seen. */
  readonly reason?: string;
  readonly milliseconds: number;
}

export function driftOf(outcome: Outcome<StackPlan>): StackDrift {
  const { stack, milliseconds } = outcome;
  if (outcome.status !== "done")
    return { stack: stack.name, status: "unseen", changes: [], undeclared: [], reason: outcome.reason, milliseconds };
  const { changes, undeclared } = outcome.value;
  return { stack: stack.name, status: changes.length === 0 ? "same" : "differs", changes, undeclared, milliseconds };
}

const WIDEST = 60;

/** One line an attribute: where, what the declaration says, what is there. */
export function changeRows(changes: readonly ResourceChange[]): readonly (readonly string[])[] {
  return changes.flatMap((change) => {
    const cause = change.changedOutside ? "changed outside" : "not deployed";
    if (change.attributes.length === 0) return [[change.address, "", change.actions.join(", "), "", cause]];
    return change.attributes.map(({ path, declared, found }) => [
      change.address,
      path,
      value(declared),
      value(found),
      cause,
    ]);
  });
}

export function printDrift(drifts: readonly StackDrift[], console: Console): void {
  for (const drift of drifts) {
    const symbol = { same: mark.ok, differs: mark.drift, unseen: mark.failed }[drift.status];
    const said = {
      same: "as declared",
      differs: `${drift.changes.length} of its resources differ`,
      unseen: "could not be seen",
    }[drift.status];
    console.print(`${symbol} ${drift.stack}: ${said} (${seconds(drift.milliseconds)})`);
    if (drift.reason !== undefined) console.print(indented(printable(drift.reason)));
    for (const address of drift.undeclared) console.print(`    changed outside, not declared: ${address}`);
    if (drift.changes.length > 0)
      console.print(table(["resource", "path", "declared", "found", "cause"], changeRows(drift.changes)));
  }
}

function value(of: unknown): string {
  const text = printable(typeof of === "string" ? of : (JSON.stringify(of) ?? "nothing"));
  return text.length > WIDEST ? `${text.slice(0, WIDEST)}…` : text;
}

export function indented(text: string): string {
  return text.replace(/^/gm, "    ");
}

/** The report for a pull request or an issue. */
export function driftMarkdown(drifts: readonly StackDrift[]): string {
  const lines = ["| stack | answer |", "|---|---|"];
  for (const { stack, status, changes } of drifts) {
    lines.push(
      `| \`${stack}\` | ${{ same: "as declared", differs: `**${changes.length} differ**`, unseen: "**could not be seen**" }[status]} |`,
    );
  }
  for (const { stack, changes, reason, undeclared } of drifts) {
    if (reason !== undefined) lines.push("", `### ${stack}: could not be seen`, "", fenced(reason));
    if (undeclared.length > 0)
      lines.push(
        "",
        `### ${stack}: changed outside, not declared`,
        "",
        ...undeclared.map((address) => `- \`${address}\``),
      );
    if (changes.length === 0) continue;
    lines.push("", `### ${stack}`, "", "| resource | path | declared | found | cause |", "|---|---|---|---|---|");
    for (const row of changeRows(changes)) lines.push(`| ${row.map(cell).join(" | ")} |`);
  }
  return `${lines.join("\n")}\n`;
}

function cell(text: string): string {
  return text === "" ? "" : `<code>${markdownCell(text)}</code>`;
}
