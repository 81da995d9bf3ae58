import type { Fleet } from "../declaration/fleet";
import { PHASES } from "../declaration/phase";
import { assertRight } from "../stacks/fleet-problems";
import { type Clock, systemClock } from "./clock";
import { type Console, printable } from "./console";
import { declaredEntry } from "./declared-service";
import { EXIT, Failure } from "./failure";
import { type PhasePlan, phasePlan } from "./phase-plan";
import { phaseReport, printPhases } from "./phase-report";
import { validatePhases } from "./phase-validations";
import { exitCodeOf, SYMBOL, worst } from "./preflight-finding";

export interface PhaseOptions {
  readonly service: string;
  /** The phase to plan for. @default - one forward, and one back */
  readonly to?: number | undefined;
  /** Let Terraform plan the stacks of the phases that are planned for. @default false - synthesized configurations are compared */
  readonly plan: boolean;
  readonly json: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The project's directory. */
  readonly root: string;
  readonly signal?: AbortSignal | undefined;
  /** @default - the machine's own */
  readonly clock?: Clock | undefined;
}

const LAST = PHASES.length - 1;

/**
 * `gatehouse phase <service>`: where the service stands, whether what it reached holds, and what going on or back would change. Changes nothing.
 * Exit code 1 when the way to `--to` is refused or something could not be seen, 2 when a validation failed, else 0.
 */
export async function phase(fleet: Fleet, options: PhaseOptions, console: Console): Promise<number> {
  const { environment, root, signal, to } = options;
  if (to !== undefined && (!Number.isInteger(to) || to < 0 || to > LAST))
    throw new Failure(
      `--to is ${printable(String(to))}; expected the number of a phase, 0 (${PHASES[0].name}) to ${LAST} (${PHASES[LAST]?.name})`,
    );
  assertRight(fleet);
  const entry = declaredEntry(fleet, options.service);
  const { service } = entry;
  const from = service.phase ?? LAST;
  const common = { fleet, entry, environment, root, signal };
  const found = await validatePhases({ ...common, now: (options.clock ?? systemClock).now() }, from, (done) => {
    if (!options.json) console.progress(`${SYMBOL[worst(done.findings)]} phase ${done.phase}`);
  });
  const plans: PhasePlan[] = [];
  for (const target of to === undefined ? [from + 1, from - 1] : [to]) {
    if (target === from || target < 0 || target > LAST) continue;
    plans.push(await phasePlan({ ...common, from, to: target, terraform: options.plan }));
  }
  const report = phaseReport({ service: service.name, phase: service.phase }, found, plans);
  if (options.json) console.print(JSON.stringify(report, undefined, 2));
  else printPhases(report, console);
  if (to !== undefined && plans.some(({ refused }) => refused.length > 0)) return EXIT.failed;
  if (plans.some(({ stacks }) => stacks?.some(({ status }) => status === "unseen"))) return EXIT.failed;
  return exitCodeOf(found.flatMap(({ findings }) => findings));
}
