import type { PolicyFinding } from "../../policies/report";
import type { PolicyRule } from "../../policies/rule";
import { type WaiverFile, waiversOfText } from "../../policies/waiver-file";
import { type AppliedWaivers, applyWaivers, type Judged } from "../../policies/waivers-applied";

export const TODAY = "2026-11-27";
export const RULES = ["workflows/actions-pinned", "workflows/jobs-end", "grafana/alert-not-paused"];

/** A waiver as people write it, with other values or without some (undefined). */
export function written(changes: Readonly<Record<string, string | undefined>> = {}): string {
  const values: Readonly<Record<string, string | undefined>> = {
    id: "pinned-2026-11-20",
    rule: "workflows/actions-pinned",
    scope: "{service: relay, file: .github/workflows/ci.yml, at: [jobs.test]}",
    owner: '"@Alice"',
    reason: "the action has no release yet",
    approver: "openclaw/secops",
    created: "2026-11-20",
    expires: "2026-12-20",
    ticket: "SEC-12",
    ...changes,
  };
  const lines = Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
  return `  - ${lines.join("\n    ")}\n`;
}

/** A file of waivers; the first begins in line 2. */
export function fileOf(...waivers: readonly string[]): WaiverFile {
  return waiversOfText(`waivers:\n${waivers.join("")}`);
}

export function ruleOf(name: string): PolicyRule {
  const [pack = ""] = name.split("/");
  const text = { title: "a title", description: "A description.", reason: "a reason", remedy: "a remedy" };
  return { name, pack, level: "blocking", phases: undefined, stages: undefined, links: [], external: [], ...text };
}

export function findingAt(address: string, changes: Partial<PolicyFinding> = {}): PolicyFinding {
  const document = { name: ".github/workflows/ci.yml", kind: "file", service: "relay" } as const;
  const rule = ruleOf("workflows/actions-pinned");
  return { rule, level: "blocking", document, address, path: "steps[0].uses", msg: "it is not pinned", ...changes };
}

/** Waivers held against findings, where all was judged. */
export function applied(
  findings: readonly PolicyFinding[],
  file: WaiverFile,
  { today = TODAY, ...judged }: Partial<Judged> & { readonly today?: string } = {},
): AppliedWaivers {
  const documents = [{ name: ".github/workflows/ci.yml", kind: "file", service: "relay" } as const];
  return applyWaivers({ findings, documents, broken: [], all: "stacks and files", ...judged }, file, {
    rules: RULES,
    today,
  });
}

/** The faults as `kind path: came; expected; remedy`. */
export function said({ faults }: Pick<AppliedWaivers, "faults">): readonly string[] {
  return faults.map(({ kind, line, path, came, expected, remedy }) =>
    [`${kind}, line ${line}, ${path}: ${came}`, expected, remedy].join("; "),
  );
}
