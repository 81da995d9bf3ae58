import type { Fleet } from "../declaration/fleet";
import { type GatePlan, gatePlan, NoGateError } from "../objectives/gate/gate-plan";
import type { Verdict } from "../objectives/gate/objective-verdict";
import { SelectorError } from "../objectives/gate/version-selector";
import { assertRight } from "../stacks/fleet-problems";
import { type Clock, systemClock } from "./clock";
import { type Console, printable, seconds } from "./console";
import { declaredService } from "./declared-service";
import { EXIT, Failure } from "./failure";
import { type Evaluation, evaluate } from "./gate-evaluation";
import { askedToWaitMilliseconds, waitMilliseconds } from "./gate-pace";
import { gateMarkdown, gateReport, printGate } from "./gate-report";
import { PrometheusApi } from "./prometheus-api";
import { prometheusConnection } from "./prometheus-connection";

export interface GateOptions {
  readonly service: string;
  readonly stage: string;
  /** How far to look back. Seconds. @default - each objective's `gateMinutes`, else 10 minutes */
  readonly forSeconds?: number | undefined;
  /** Label matchers of the canary's series. @default - with a baseline: what isn't the baseline; else the whole stage */
  readonly canary?: string | undefined;
  /** Label matchers of the stable version's series. @default - no comparison */
  readonly baseline?: string | undefined;
  /** How long to wait for a verdict. Seconds; 0 looks once. @default 60 */
  readonly deadlineSeconds?: number | undefined;
  readonly format: "text" | "json" | "markdown";
  /** With `PROMETHEUS_URL`; see `prometheusConnection`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** @default - the machine's own */
  readonly clock?: Clock | undefined;
  /** How long one answer of Prometheus may take. Milliseconds. @default 10 seconds */
  readonly timeoutMilliseconds?: number | undefined;
}

export const DEADLINE_SECONDS = 60;

const CODES: Readonly<Record<Verdict, number>> = { pass: EXIT.fine, fail: EXIT.found, "no verdict": EXIT.failed };

/**
 * `gatehouse gate <service> --stage <stage>`: asks Prometheus whether the service keeps its objectives in the stage. Exit code 0 for a pass, 2 for
 * a fail, 1 for no verdict: that is never a pass. A verdict is said as soon as it is known; until the deadline it keeps looking for one.
 */
export async function gate(fleet: Fleet, options: GateOptions, console: Console): Promise<number> {
  const plan = planOf(fleet, options);
  const { clock = systemClock, timeoutMilliseconds } = options;
  const api = new PrometheusApi({
    connection: prometheusConnection(options.environment),
    clock,
    timeoutMilliseconds,
  });
  const { evaluation, looks } = await untilVerdict(api, plan, { ...options, clock }, console);
  const report = gateReport(
    {
      service: plan.service,
      stage: plan.stage,
      canary: options.canary ?? null,
      baseline: options.baseline ?? null,
      looks,
    },
    evaluation,
  );
  if (options.format === "json") console.print(JSON.stringify(report, undefined, 2));
  else if (options.format === "markdown") console.print(gateMarkdown(report));
  else printGate(report, console);
  return CODES[report.verdict];
}

/** What can't be gated is said before anything is asked. */
function planOf(fleet: Fleet, options: GateOptions): GatePlan {
  assertRight(fleet);
  const service = declaredService(fleet, options.service);
  try {
    return gatePlan(service, options);
  } catch (error) {
    if (error instanceof NoGateError || error instanceof SelectorError) throw new Failure(error.message);
    throw error;
  }
}

interface Looked {
  readonly evaluation: Evaluation;
  readonly looks: number;
}

/** Looks until there is a verdict, the deadline has come, or waiting can't help. The last look is at the deadline itself. */
async function untilVerdict(
  api: PrometheusApi,
  plan: GatePlan,
  { clock, deadlineSeconds = DEADLINE_SECONDS, signal }: GateOptions & { readonly clock: Clock },
  console: Console,
): Promise<Looked> {
  const deadline = clock.now() + deadlineSeconds * 1000;
  let failedLooks = 0;
  for (let looks = 1; ; looks += 1) {
    const evaluation = await evaluate({
      plan,
      time: clock.now() / 1000,
      ask: (query, time) => api.value(query, time, signal),
    });
    signal?.throwIfAborted();
    if (evaluation.verdict !== "no verdict") return { evaluation, looks };
    failedLooks = evaluation.problems.length > 0 ? failedLooks + 1 : 0;
    const left = deadline - clock.now();
    if (left <= 0 || evaluation.problems.some(({ props }) => !props.passing)) return { evaluation, looks };
    if (askedToWaitMilliseconds(evaluation) > left) return { evaluation, looks };
    const wait = Math.min(left, waitMilliseconds(failedLooks, evaluation, clock.random()));
    for (const reason of missing(evaluation)) console.progress(`no verdict yet: ${printable(reason)}`);
    console.progress(`looking again in ${seconds(wait)}; at most ${seconds(left)} more`);
    await clock.sleep(wait, signal);
  }
}

/** Why there is no verdict, each reason once. */
function missing({ objectives, problems }: Evaluation): readonly string[] {
  const reasons = objectives
    .filter(({ verdict, reason }) => verdict === "no verdict" && !problems.some(({ props }) => props.came === reason))
    .map(({ gated, reason }) => `${gated.name}: ${reason}`);
  return [...problems.map(({ message }) => message), ...reasons];
}
