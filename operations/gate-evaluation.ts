import pLimit from "p-limit";
import type { Reading } from "../objectives/gate/counts";
import type { CountQueries, GatedObjective, GatePlan } from "../objectives/gate/gate-plan";
import {
  judged,
  type ObjectiveReadings,
  type ObjectiveVerdict,
  overall,
  type Verdict,
} from "../objectives/gate/objective-verdict";
import { staleness } from "../objectives/gate/staleness";
import { PrometheusProblem } from "./prometheus-problem";

/** One look at all objectives. */
export interface Evaluation {
  /** The time of all its queries. Unix time, seconds. */
  readonly time: number;
  readonly verdict: Verdict;
  readonly objectives: readonly EvaluatedObjective[];
  /** What kept objectives from a verdict, each once. */
  readonly problems: readonly PrometheusProblem[];
}

export interface EvaluatedObjective extends ObjectiveVerdict {
  readonly gated: GatedObjective;
  /** The whole stage was measured, since the signal doesn't tell versions apart. */
  readonly ofWholeStage: boolean;
}

export interface EvaluateProps {
  readonly plan: GatePlan;
  /** Unix time, seconds. */
  readonly time: number;
  /** @throws PrometheusProblem */
  ask(query: string, time: number): Promise<Reading>;
}

const QUERIES_AT_A_TIME = 4;

/** Asks and judges. A problem of the server ends the asking: what is known by then can still fail, and all else has no verdict. */
export async function evaluate({ plan, time, ask }: EvaluateProps): Promise<Evaluation> {
  const limit = pLimit(QUERIES_AT_A_TIME);
  const problems: PrometheusProblem[] = [];
  let down: PrometheusProblem | undefined;
  const value = (query: string) =>
    limit(async () => {
      if (down !== undefined) throw down;
      try {
        return await ask(query, time);
      } catch (error) {
        if (error instanceof PrometheusProblem && error.props.concerns === "server") down ??= error;
        throw error;
      }
    });
  const evaluated = await Promise.all(
    plan.objectives.map(async (gated): Promise<EvaluatedObjective> => {
      try {
        return await look(gated, plan.versions.labels, time, value);
      } catch (error) {
        if (!(error instanceof PrometheusProblem)) throw error;
        problems.push(error);
        return { gated, ofWholeStage: false, verdict: "no verdict", reason: error.props.came };
      }
    }),
  );
  const objectives = refuseNoVersions(plan, evaluated);
  return {
    time,
    verdict: overall(objectives.map(({ verdict }) => verdict)),
    objectives,
    problems: [...new Map(problems.map((problem) => [problem.message, problem])).values()],
  };
}

async function look(
  gated: GatedObjective,
  labels: readonly string[],
  time: number,
  value: (query: string) => Promise<Reading>,
): Promise<EvaluatedObjective> {
  const { objective, windowSeconds, versioned, wholeStage } = gated;
  const toldApart = versioned === undefined || (await value(versioned)) !== undefined;
  const ofWholeStage = !toldApart && wholeStage !== undefined;
  if (!toldApart && wholeStage === undefined) {
    const reason = `no series of the signal has the labels by which versions are told apart: ${labels.join(", ")}`;
    return { gated, ofWholeStage, verdict: "no verdict", reason };
  }
  const queries = ofWholeStage ? wholeStage : gated.measured;
  const counts = async ({ bad, total }: CountQueries) => {
    const [badOnes, all] = await Promise.all([value(bad), value(total)]);
    return { bad: badOnes, total: all };
  };
  const [measured, newest, stable] = await Promise.all([
    counts(queries),
    value(queries.newest),
    gated.stable === undefined ? undefined : counts(gated.stable),
  ]);
  const readings: ObjectiveReadings = {
    measured,
    stable,
    alone: ofWholeStage ? "its signal doesn't tell versions apart, so it is about the whole stage" : gated.alone,
    stale: staleness(newest, time, queries.series),
  };
  return { gated, ofWholeStage, ...judged(objective, readings, windowSeconds) };
}

/** When no objective at all tells versions apart, the labels are wrong: everything would be judged by the stable version's traffic. */
function refuseNoVersions(plan: GatePlan, evaluated: readonly EvaluatedObjective[]): readonly EvaluatedObjective[] {
  if (!evaluated.every(({ ofWholeStage }) => ofWholeStage)) return evaluated;
  const labels = plan.versions.labels.join(", ");
  return evaluated.map((one) =>
    one.verdict === "fail"
      ? one
      : { ...one, verdict: "no verdict", reason: `no objective's series have the labels ${labels}` },
  );
}
