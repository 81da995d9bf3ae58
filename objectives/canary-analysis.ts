import { GATE_MINUTES } from "../declaration/objectives";
import { show } from "../declaration/problem";
import type { Service } from "../declaration/service";
import { verdictQuery } from "./analysis/verdict-query";
import { type AnalysisMetric, CANARY_ARGUMENT, STABLE_ARGUMENT, type StageAnalysis } from "./analysis-metric";
import { duration } from "./duration";
import { type GatedObjective, type GatePlanProps, gatePlan } from "./gate/gate-plan";

export interface StageAnalysisProps {
  /** How a canary of the stage is watched. @default - the stage has none: nothing but its gate */
  readonly canary?:
    | {
        /** How long each step is watched before its verdict. Seconds. */
        readonly observeSeconds: number;
        /** Label of the service's series that holds the hash of the pod's template. */
        readonly versionLabel: string;
      }
    | undefined;
  /** How often Prometheus scrapes. Seconds. */
  readonly scrapeSeconds: number;
}

/** `increase` extrapolates: over fewer samples it says little, and after one lost scrape nothing. */
export const LEAST_SCRAPES = 5;

/** The most that an AnalysisRun counts to: any number. It takes no -1 (`ValidateMetric` in utils/analysis/factory.go of Argo Rollouts 1.10). */
const ANY_NUMBER = 2_147_483_647;

/** Looks in a step's observation window. */
const LOOKS = 10;

/** A step waits so long for a verdict. Seconds. */
const STEP_WAITS_SECONDS = 86_400;

/** The gate waits so long for a verdict. Seconds. */
const GATE_WAITS_SECONDS = 300;

/**
 * Errors in a row that are tolerated. After one, the controller asks again in 10 seconds (`DefaultErrorRetryInterval` in analysis/analysis.go
 * of Argo Rollouts 1.10): Prometheus may be away for five minutes. Then a run ends as Error, and a canary that nobody can watch is aborted.
 */
const ERRORS_IN_A_ROW = 30;

/**
 * What Argo Rollouts asks Prometheus about a stage, and what it makes of the answers. Built on the plan of the gate, so that a canary is
 * judged by the same figures, whoever judges it; `verdictQuery` says what a value means.
 *
 * @throws NoGateError when the stage, its metrics or objectives are not declared
 * @throws SelectorError when versions can't be told apart by the label
 * @throws Error when a window holds too few scrapes, or a query can't be written into a template
 */
export function stageAnalysis(service: Service, stage: string, props: StageAnalysisProps): StageAnalysis {
  const { canary, scrapeSeconds } = props;
  const planned = (versions: Omit<GatePlanProps, "stage">) => gatePlan(service, { stage, ...versions }).objectives;
  const metrics = (of: readonly GatedObjective[], pace: Pace) => {
    for (const gated of of) refuseShort(service, stage, gated, scrapeSeconds);
    return of.map((gated) => metric(gated, othersOf(gated, of), pace));
  };
  const gate = metrics(planned({}), gatePace(scrapeSeconds));
  if (canary === undefined) return { gate, step: [], watch: [] };
  const { observeSeconds, versionLabel } = canary;
  const versions = {
    canary: `${versionLabel}="{{args.${CANARY_ARGUMENT}}}"`,
    baseline: `${versionLabel}="{{args.${STABLE_ARGUMENT}}}"`,
  };
  const observed = planned({ ...versions, forSeconds: observeSeconds });
  // A long window is slow to show what has begun just now: the watch looks back no further than the gate does.
  const recent = planned(versions).map((gated, index) =>
    gated.windowSeconds < observeSeconds ? gated : (observed[index] ?? gated),
  );
  return {
    gate,
    step: metrics(observed, stepPace(observeSeconds, scrapeSeconds)),
    watch: metrics(recent, watchPace(observeSeconds, scrapeSeconds)),
  };
}

type Pace = Pick<
  AnalysisMetric,
  "interval" | "count" | "failureLimit" | "inconclusiveLimit" | "consecutiveSuccessLimit"
>;

/**
 * Ends at the first verdict. Without one it asks again, for a day: the canary keeps its share meanwhile, and the watch still aborts it. Ended without
 * a verdict the run would pause the rollout, and what the watch finds then aborts the canary only when somebody resumes it
 * (`reconcileBackgroundAnalysisRun` in rollout/analysis.go of Argo Rollouts 1.10, and seen). The release train waits less long: at its deadline it
 * goes back.
 */
function stepPace(observeSeconds: number, scrapeSeconds: number): Pace {
  const seconds = Math.max(scrapeSeconds, Math.ceil(observeSeconds / LOOKS));
  return firstVerdict(seconds, Math.ceil(STEP_WAITS_SECONDS / seconds));
}

/** Ends at the first verdict. Without one it asks again for some minutes. */
function gatePace(scrapeSeconds: number): Pace {
  const seconds = Math.max(scrapeSeconds, Math.ceil(GATE_WAITS_SECONDS / LOOKS));
  return firstVerdict(seconds, Math.max(LEAST_SCRAPES, Math.ceil(GATE_WAITS_SECONDS / seconds)));
}

function firstVerdict(seconds: number, looks: number): Pace {
  return {
    interval: duration(seconds),
    count: looks + 1,
    failureLimit: 0,
    inconclusiveLimit: looks,
    consecutiveSuccessLimit: 1,
  };
}

/**
 * Goes on for as long as the canary does, whatever is missing. Windows of measurements overlap, so that one bad moment is in several of them: two
 * failures are tolerated, and what is broken fails the third a few looks later.
 */
function watchPace(observeSeconds: number, scrapeSeconds: number): Pace {
  const seconds = Math.max(scrapeSeconds, Math.min(60, Math.ceil(observeSeconds / LOOKS)));
  return { interval: duration(seconds), failureLimit: 2, inconclusiveLimit: ANY_NUMBER };
}

function metric(gated: GatedObjective, others: readonly string[] | undefined, pace: Pace): AnalysisMetric {
  const { target } = gated.objective;
  const query = verdictQuery(gated, others);
  refuseArguments(gated.name, query);
  // No value, several or NaN is neither, and so no verdict: both conditions say what they take, never what they don't.
  return {
    name: gated.name,
    query,
    successCondition: `len(result) == 1 && result[0] >= ${target} && result[0] <= 1`,
    failureCondition: `len(result) == 1 && result[0] < ${target} && !isInf(result[0])`,
    ...pace,
    consecutiveErrorLimit: ERRORS_IN_A_ROW,
  };
}

/**
 * When all objectives are about what may have no versions, nobody would notice a wrong label: the stable version's traffic would judge each
 * canary. Then another of them must know versions.
 */
function othersOf(gated: GatedObjective, all: readonly GatedObjective[]): readonly string[] | undefined {
  if (all.some(({ versioned, wholeStage }) => versioned !== undefined && wholeStage === undefined)) return undefined;
  return all.flatMap(({ versioned }) => (versioned === undefined || versioned === gated.versioned ? [] : [versioned]));
}

function refuseShort(
  { name }: Service,
  stage: string,
  { name: objective, windowSeconds }: GatedObjective,
  scrapeSeconds: number,
): void {
  const least = LEAST_SCRAPES * scrapeSeconds;
  if (windowSeconds >= least) return;
  throw new Error(
    `service ${show(name)}, stage ${show(stage)}, objective ${show(objective)}: a window of ${windowSeconds} s\nexpected at least ${least} s: ${LEAST_SCRAPES} scrapes, one every ${scrapeSeconds} s\nraise the canary's observeSeconds, or the objective's gateMinutes (${GATE_MINUTES} without)`,
  );
}

/** The controller puts arguments in place of whatever stands between double braces. */
function refuseArguments(objective: string, query: string): void {
  const own = [CANARY_ARGUMENT, STABLE_ARGUMENT].map((argument) => `{{args.${argument}}}`);
  const rest = own.reduce((text, argument) => text.replaceAll(argument, ""), query);
  if (!rest.includes("{{")) return;
  throw new Error(
    `objective ${show(objective)}: its query has {{, which Argo Rollouts takes for an argument\nexpected label values without double braces\nwrite the matcher another way, such as [{][{] in an expression`,
  );
}
