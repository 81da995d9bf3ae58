import type { Objective } from "../../declaration/objectives";
import { badRatio, counted, type EventCounts, type EventReadings } from "./counts";
import { duration, events, percent } from "./in-words";
import { type Comparison, comparedWithStable } from "./worse-than-stable";

export type Verdict = "pass" | "fail" | "no verdict";

/** What Prometheus answered about one objective. */
export interface ObjectiveReadings {
  /** Of the canary, or of the whole stage where no version is told apart. */
  readonly measured: EventReadings;
  /** Of the stable version. Undefined where there is nothing to compare: `alone` says why. */
  readonly stable?: EventReadings | undefined;
  /** Why the objective decides alone, as the end of a sentence. Undefined: nobody asked for a comparison, or there is one. */
  readonly alone?: string | undefined;
  /** Why the newest samples are too old to pass anything. Undefined: they are not. */
  readonly stale?: string | undefined;
}

export type Judged = Pick<Objective, "target" | "minimumEvents">;

/** The answer about one objective, with the figures that led to it. */
export interface ObjectiveVerdict {
  readonly verdict: Verdict;
  /** The figures in words, and what they are compared with. */
  readonly reason: string;
  /** Undefined where there is nothing that can be reckoned with. */
  readonly measured?: EventCounts;
  readonly stable?: EventCounts;
  readonly comparison?: Comparison;
}

/**
 * Fails when fewer than the target are good; else when the canary is worse than the stable version by more than chance. What can't be told is
 * no verdict: nothing measured, no number, too few events, or none lately. What was measured before the series ended can still fail: a canary
 * that broke and then stopped is no healthy one.
 *
 * @param windowSeconds how long the events were counted, for the words
 */
export function judged(objective: Judged, readings: ObjectiveReadings, windowSeconds: number): ObjectiveVerdict {
  const over = `in ${duration(windowSeconds)}`;
  const own = counted(readings.measured);
  if ("missing" in own) {
    const what = own.missing === "bad" ? "nothing says how many events were bad" : "no series has events";
    return { verdict: "no verdict", reason: readings.stale ?? `${what} ${over}` };
  }
  if ("strange" in own) return { verdict: "no verdict", reason: `${own.strange} ${over}` };
  const measured = own.counts;
  if (measured.total < objective.minimumEvents) {
    const reason = `${events(measured.total)} events ${over}, of ${events(objective.minimumEvents)} that are needed`;
    const why = readings.stale === undefined ? reason : `${reason}; ${readings.stale}`;
    return { verdict: "no verdict", reason: why, measured };
  }
  const figures = `${events(measured.bad)} of ${events(measured.total)} events were bad ${over} (${percent(badRatio(measured))})`;
  const allowed = `${percent(1 - objective.target)} is allowed`;
  if (!attains(measured, objective.target))
    return { verdict: "fail", reason: `${figures}; ${allowed}`, measured, ...shown(readings.stable) };
  const verdict = compared(objective, readings, measured, `${figures}; ${allowed}`);
  if (readings.stale === undefined || verdict.verdict === "fail") return verdict;
  return { ...verdict, verdict: "no verdict", reason: `${figures}, but ${readings.stale}` };
}

/** The objective is attained: whether the canary is also as good as the stable version. */
function compared(
  { target, minimumEvents }: Judged,
  readings: ObjectiveReadings,
  measured: EventCounts,
  figures: string,
): ObjectiveVerdict {
  const alone = (why: string, stable?: EventCounts): ObjectiveVerdict => ({
    verdict: "pass",
    reason: `${figures}; the objective alone decides: ${why}`,
    measured,
    ...(stable !== undefined && { stable }),
  });
  if (readings.alone !== undefined) return alone(readings.alone);
  if (readings.stable === undefined) return { verdict: "pass", reason: figures, measured };
  const other = counted(readings.stable);
  if ("missing" in other) {
    return alone(
      other.missing === "bad"
        ? "nothing says how many events of the stable version were bad"
        : "the stable version has no events",
    );
  }
  if ("strange" in other)
    return { verdict: "no verdict", reason: `${figures}; of the stable version, ${other.strange}`, measured };
  const stable = other.counts;
  if (stable.total < minimumEvents)
    return alone(`the stable version has ${events(stable.total)} events, of ${events(minimumEvents)} needed`, stable);
  const comparison = comparedWithStable(measured, stable, target);
  const against = `${figures}; of the stable version ${events(stable.bad)} of ${events(stable.total)} (${percent(badRatio(stable))})`;
  if (!comparison.worse) return { verdict: "pass", reason: against, measured, stable, comparison };
  const reason = `${against}: the canary is worse by more than chance (p = ${comparison.chance.toPrecision(1)})`;
  return { verdict: "fail", reason, measured, stable, comparison };
}

/** The figures of the stable version beside a verdict that doesn't need them. */
function shown(stable: EventReadings | undefined): Pick<ObjectiveVerdict, "stable"> {
  const other = stable === undefined ? undefined : counted(stable);
  return other !== undefined && "counts" in other ? { stable: other.counts } : {};
}

/** Good of all is at least the target. Written so that the decimal of a target is met exactly: 1 − 0.9 is less than 0.1. */
function attains({ bad, total }: EventCounts, target: number): boolean {
  return (total - bad) / total >= target;
}

/** The verdict over all objectives: one that fails fails all; one that can't be told leaves all without a verdict. */
export function overall(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("fail")) return "fail";
  // Without an objective nothing was promised, and nothing looked at.
  if (verdicts.length === 0 || verdicts.includes("no verdict")) return "no verdict";
  return "pass";
}
