import { badRatio, type EventCounts } from "../objectives/gate/counts";
import { events, goodPercent, targetPercent } from "../objectives/gate/in-words";
import type { Verdict } from "../objectives/gate/objective-verdict";
import { type Console, counted, mark, printable, table, wrapped } from "./console";
import type { EvaluatedObjective, Evaluation } from "./gate-evaluation";
import { markdownCell } from "./markdown-cell";

/** What the gate said, and from what. `version` rises when a property goes away or changes its meaning. */
export interface GateReport {
  readonly version: 1;
  readonly service: string;
  readonly stage: string;
  /** Label matchers as they were asked for. */
  readonly canary: string | null;
  readonly baseline: string | null;
  readonly verdict: Verdict;
  /** When the figures were read: ISO 8601, UTC. All of them at once. */
  readonly time: string;
  /** How often was looked. */
  readonly looks: number;
  readonly objectives: readonly ObjectiveReport[];
  /** What kept Prometheus from an answer, at the last look. */
  readonly problems: readonly ProblemReport[];
}

export interface ObjectiveReport {
  readonly objective: string;
  /** Good of all that is promised: 0.999 for 99.9 %. */
  readonly target: number;
  readonly windowSeconds: number;
  readonly minimumEvents: number;
  readonly verdict: Verdict;
  readonly reason: string;
  /** Of the canary, or of the whole stage. Null: nothing that can be reckoned with. */
  readonly measured: Figures | null;
  /** Of the stable version. Null: not asked for, or missing. */
  readonly baseline: Figures | null;
  /** Null: not compared. */
  readonly comparison: { readonly worse: boolean; readonly chance: number } | null;
  /** What was asked of Prometheus. */
  readonly queries: { readonly bad: string; readonly total: string };
}

export interface Figures {
  readonly bad: number;
  readonly total: number;
  /** Bad of all. */
  readonly badRatio: number | null;
}

export interface ProblemReport {
  readonly came: string;
  readonly expected: string;
  readonly remedy: string;
}

export type GateReportProps = Pick<GateReport, "service" | "stage" | "canary" | "baseline" | "looks">;

export function gateReport(props: GateReportProps, evaluation: Evaluation): GateReport {
  const { service, stage, canary, baseline, looks } = props;
  return {
    version: 1,
    service,
    stage,
    canary,
    baseline,
    verdict: evaluation.verdict,
    time: new Date(evaluation.time * 1000).toISOString(),
    looks,
    objectives: evaluation.objectives.map(objectiveReport),
    problems: evaluation.problems.map(({ props: { came, expected, remedy } }) => ({ came, expected, remedy })),
  };
}

function objectiveReport(evaluated: EvaluatedObjective): ObjectiveReport {
  const { gated, ofWholeStage, verdict, reason, measured, stable, comparison } = evaluated;
  const { bad, total } = ofWholeStage && gated.wholeStage !== undefined ? gated.wholeStage : gated.measured;
  return {
    objective: gated.name,
    target: gated.objective.target,
    windowSeconds: gated.windowSeconds,
    minimumEvents: gated.objective.minimumEvents,
    verdict,
    reason,
    measured: figures(measured),
    baseline: figures(stable),
    comparison: comparison === undefined ? null : { worse: comparison.worse, chance: comparison.chance },
    queries: { bad, total },
  };
}

function figures(counts: EventCounts | undefined): Figures | null {
  if (counts === undefined) return null;
  return { ...counts, badRatio: counts.total === 0 ? null : badRatio(counts) };
}

const HEAD = ["objective", "target", "measured", "events", "baseline", "verdict", "reason"] as const;

/** Good of all, as targets are written. */
function good(of: Figures | null): string {
  return of === null || of.badRatio === null ? "–" : goodPercent(of.badRatio);
}

function row({ objective, target, measured, baseline, verdict, reason }: ObjectiveReport): readonly string[] {
  const count = measured === null ? "–" : events(measured.total);
  return [objective, targetPercent(target), good(measured), count, good(baseline), verdict, reason];
}

const WIDEST_REASON = 60;
const SYMBOL = { pass: mark.ok, fail: mark.failed, "no verdict": mark.skipped } as const;

export function printGate(report: GateReport, console: Console): void {
  const rows = report.objectives.map(row).map((cells) => cells.map((cell) => wrapped(printable(cell), WIDEST_REASON)));
  console.print(table(HEAD, rows));
  for (const { came, expected, remedy } of report.problems)
    console.print(printable(`${came}\n  expected: ${expected}\n  to do:    ${remedy}`));
  console.print(`${SYMBOL[report.verdict]} ${printable(summary(report))}`);
}

/** For the summary of a job. */
export function gateMarkdown(report: GateReport): string {
  const lines = [
    `**${markdownCell(summary(report))}**`,
    "",
    `| ${HEAD.join(" | ")} |`,
    `|${"---|".repeat(HEAD.length)}`,
  ];
  for (const objective of report.objectives)
    lines.push(
      `| ${row(objective)
        .map((cell) => markdownCell(printable(cell)))
        .join(" | ")} |`,
    );
  for (const { came, expected, remedy } of report.problems)
    lines.push(
      "",
      ...[came, `expected: ${expected}`, `to do: ${remedy}`].map((line) => `- ${markdownCell(printable(line))}`),
    );
  return lines.join("\n");
}

function summary({ service, stage, verdict, looks, time, canary, baseline }: GateReport): string {
  const versions = [canary && `canary ${canary}`, baseline && `baseline ${baseline}`].filter(Boolean).join(", ");
  return `${service}, ${stage}${versions && ` (${versions})`}: ${verdict}, after ${counted(looks, "look")}, the last at ${time}`;
}
