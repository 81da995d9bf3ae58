import { PHASES } from "../declaration/phase";
import { type Console, counted, mark, printable, table, wrapped } from "./console";
import { printDrift } from "./drift-report";
import type { Change } from "./phase-diff";
import type { PhasePlan } from "./phase-plan";
import type { PhaseFindings } from "./phase-validations";
import { type Finding, findingRows, printTodos, type Sight, SYMBOL, WORDS, worst } from "./preflight-finding";

/** Where a service stands; `version` rises when a property goes away or changes its meaning. */
export interface PhaseReport {
  readonly version: 1;
  readonly service: string;
  /** Null: the service names no phase, and everything is on. */
  readonly phase: number | null;
  readonly phases: readonly PhaseState[];
  readonly plans: readonly PhasePlan[];
}

export interface PhaseState {
  readonly phase: number;
  readonly name: string;
  readonly brings: string;
  readonly state: "done" | "now" | "off";
  /** Null: not reached, so not looked at. */
  readonly result: Sight | null;
  readonly validations: readonly Finding[];
}

export function phaseReport(
  { service, phase }: { readonly service: string; readonly phase: number | undefined },
  findings: readonly PhaseFindings[],
  plans: readonly PhasePlan[],
): PhaseReport {
  const now = phase ?? PHASES.length - 1;
  const phases = PHASES.map(({ name, brings }, number): PhaseState => {
    const validations = findings.find((each) => each.phase === number)?.findings;
    const state = number > now ? "off" : number === phase ? "now" : "done";
    const result = validations === undefined ? null : worst(validations);
    return { phase: number, name, brings, state, result, validations: validations ?? [] };
  });
  return { version: 1, service, phase: phase ?? null, phases, plans };
}

const WIDEST = 60;
const SIGN: Readonly<Record<Change, string>> = { added: "+", changed: "~", removed: "-" };

export function printPhases(report: PhaseReport, console: Console): void {
  const rows = report.phases.map(({ phase, name, brings, state, result }) => [
    String(phase),
    name,
    wrapped(brings, WIDEST),
    state,
    result === null ? mark.skipped : `${SYMBOL[result]} ${WORDS[result]}`,
  ]);
  console.print(table(["phase", "name", "brings", "state", "validations"], rows));
  const looked = report.phases.filter(({ validations }) => validations.length > 0);
  const found = looked.flatMap(({ phase, validations }) =>
    findingRows(validations).map((row) => [String(phase), ...row]),
  );
  if (found.length > 0) console.print(table(["phase", "checked", "result", "seen"], found));
  const findings = looked.flatMap(({ validations }) => validations);
  printTodos(findings, console);
  for (const plan of report.plans) printPlan(plan, console);
  console.print(standing(report));
}

function standing({ service, phase }: PhaseReport): string {
  if (phase === null) return `${service} names no phase: everything is on`;
  const next = PHASES[phase + 1];
  const now = `${service} is in the phase ${phase} (${PHASES[phase]?.name})`;
  if (next === undefined) return `${now}, the last: everything is on`;
  return `${now}; the next, ${phase + 1} (${next.name}), brings ${next.brings}\nto go there, write phase: ${phase + 1} in services/${service}.ts, deploy, and look again`;
}

function printPlan(plan: PhasePlan, console: Console): void {
  const { from, to, direction, diff } = plan;
  console.print(`\n${direction} from ${from} to ${to} (${PHASES[to]?.name}):`);
  for (const brings of plan.brings) console.print(`  ${direction === "forward" ? "brings" : "takes away"}: ${brings}`);
  if (diff !== undefined) {
    for (const { stack, address, change, attributes } of diff.resources)
      console.print(
        `  ${SIGN[change]} ${stack}: ${address}${attributes.length === 0 ? "" : ` (${attributes.join(", ")})`}`,
      );
    for (const { path, change } of diff.files) console.print(`  ${SIGN[change]} file ${path}`);
    for (const address of diff.recorded)
      console.print(`  ${SIGN.added} stateful record: ${address} (npx gatehouse check --record)`);
    for (const stack of diff.leftAlone)
      console.print(
        `  the stack ${stack} is not synthesized any more: what it holds is left as it is, and its state is kept`,
      );
    const count = `${counted(diff.resources.length, "resource")} and ${counted(diff.files.length, "file")} differ`;
    const kept = direction === "back" && plan.refused.length === 0 ? "; nothing that holds data is removed" : "";
    console.print(`  ${count}${kept}`);
  }
  for (const { what, sight, said } of plan.canary)
    console.print(`  ${SYMBOL[sight]} ${printable(what)}: ${printable(said)}`);
  if (plan.stacks !== undefined) printDrift(plan.stacks, console);
  for (const reason of plan.refused)
    console.print(`  ${mark.failed} refused: ${printable(reason).replaceAll("\n", "\n    ")}`);
}
