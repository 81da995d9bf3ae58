import { type DeclaredAt, type PolicyFinding, type PolicyReport, placeOf } from "../policies/report";
import type { PolicyRule } from "../policies/rule";
import { type Console, mark, printable, table, wrapped } from "./console";
import { markdownCell } from "./markdown-cell";
import { printWaivers, waiversMarkdown } from "./waived-report";

const WIDTH = 44;
const HEAD = ["rule", "level", "in", "at", "what", "declared"] as const;

/** The report for people: what was found, what to do about it, what waivers let pass, and what has no answer. */
export function printPolicy(report: PolicyReport, console: Console): void {
  const rows = report.findings.map((finding) => cells(finding).map((cell) => wrapped(printable(cell), WIDTH)));
  if (rows.length > 0) console.print(table(HEAD, rows));
  for (const rule of rulesWithFindings(report)) {
    console.print(`${rule.name}: ${rule.reason}`);
    console.print(`  to do: ${rule.remedy}`);
    for (const link of rule.links) console.print(`  see:   ${link}`);
  }
  printWaivers(report, console);
  for (const { what, why } of unanswered(report)) console.print(`${mark.failed} ${printable(what)}: ${printable(why)}`);
}

/** The report for a pull request or a job summary. */
export function policyMarkdown(report: PolicyReport): string {
  const blocking = report.findings.filter(({ level }) => level === "blocking").length;
  const waived = report.waived.length > 0 ? `, ${report.waived.length} waived` : "";
  const lines = [
    "## Policies",
    "",
    `${report.rules.length} rules on ${report.documents} documents: **${blocking} blocking**, ${report.findings.length - blocking} advisory${waived}.`,
  ];
  if (report.findings.length > 0) {
    lines.push("", `| ${HEAD.join(" | ")} |`, `|${"---|".repeat(HEAD.length)}`);
    for (const finding of report.findings) lines.push(`| ${cells(finding).map(markdownCell).join(" | ")} |`);
    lines.push("", "| rule | why | to do |", "|---|---|---|");
    for (const { name, reason, remedy } of rulesWithFindings(report))
      lines.push(`| ${[name, reason, remedy].map(markdownCell).join(" | ")} |`);
  }
  lines.push(...waiversMarkdown(report));
  if (unanswered(report).length > 0) {
    lines.push("", "### No answer", "", "| what | why |", "|---|---|");
    for (const { what, why } of unanswered(report)) lines.push(`| ${markdownCell(what)} | ${markdownCell(why)} |`);
  }
  return `${lines.join("\n")}\n`;
}

/** What has no answer: rules on documents, and documents. */
export function unanswered({
  broken,
  unreadable,
}: PolicyReport): readonly { readonly what: string; readonly why: string }[] {
  return [
    ...broken.map(({ rule, document, why }) => ({ what: `${rule.name} has no answer on ${document}`, why })),
    ...unreadable.map(({ document, why }) => ({ what: `${document} was not judged`, why })),
  ];
}

function cells(finding: PolicyFinding): readonly string[] {
  const { rule, level, document, msg, declaredAt } = finding;
  const owner = document.kind === "stack" || document.service === undefined ? "" : `${document.service}: `;
  return [rule.name, level, `${owner}${document.name}`, placeOf(finding), msg, at(declaredAt)];
}

function at(declared: DeclaredAt | undefined): string {
  if (declared === undefined) return "";
  return declared.line === undefined ? declared.file : `${declared.file}:${declared.line}`;
}

function rulesWithFindings({ rules, findings }: PolicyReport): readonly PolicyRule[] {
  const names = new Set(findings.map(({ rule }) => rule.name));
  return rules.filter(({ name }) => names.has(name));
}
