import {
  type Builder,
  clampMin,
  countOverTime,
  div,
  type Expr,
  gt,
  gte,
  histogramCount,
  histogramFraction,
  increase,
  max,
  mul,
  n,
  or,
  sub,
  subquery,
  sum,
  sumOverTime,
} from "@grafana/promql-builder";
import type { Matchers } from "../declaration/selector";
import type { EventsSignal, LatencySignal, ProbeSignal, SaturationSignal, Signal } from "../declaration/telemetry";
import { durationSeconds } from "./duration";
import { bucketMatch, inUnit } from "./histogram-bounds";
import { selected, series } from "./series";

/** PromQL in the making. */
export type Query = Builder<Expr>;

/** What of an objective says which events of its signal are bad. */
export interface BadWhen {
  /** Of latency signals. Seconds. */
  readonly thresholdSeconds?: number | undefined;
  /** Of saturation signals. */
  readonly limit?: number | undefined;
}

export const PROBE_METRICS = { up: "up", blackbox: "probe_success", synthetic: "probe_all_success" } as const;

/** Utilization is looked at once a minute, over more than a day once in five minutes; an event of a saturation signal is a minute. */
const LOOK_SECONDS = 60;
const SELDOM_SECONDS = 300;

/**
 * How many events there were over a window, as one value without labels: requests, observations, probes, or the minutes in which a
 * utilization was known. Nothing when there are no series.
 */
export function totalCount(signal: Signal, where: Matchers, window: string): Query {
  switch (signal.kind) {
    case "events":
      return sum(increase(selected(signal.total, where, window)));
    case "latency":
      return signal.histogram === "native"
        ? histogramCount(observations(signal, where, window))
        : sum(increase(series(`${signal.metric}_count`, [signal.where, where], window)));
    case "probe":
      return probeCount(signal, where, window);
    case "saturation":
      return minutes(utilization(signal, where), window);
  }
}

/**
 * How many events there were, and 0 where only others of the metric are: a counter of something rare, such as refusals, has no series before the
 * first. Nothing when the metric has no series in the stage.
 */
export function countedEvents(signal: EventsSignal, where: Matchers, window: string): Query {
  const counted = totalCount(signal, where, window);
  if (signal.total.where === undefined) return counted;
  return orZeroOf(counted, sum(increase(series(signal.total.metric, [where], window))));
}

/**
 * How many of them were bad, as one value without labels; 0 when there were none. Nothing when there are no series of events at all, or no
 * bucket of the threshold: then it can't be told. Throws when the objective lacks what its kind of signal needs.
 */
export function badCount(signal: Signal, badWhen: BadWhen, where: Matchers, window: string): Query {
  switch (signal.kind) {
    case "events":
      return badEvents(signal, where, window);
    case "latency":
      return slowObservations(signal, needed(badWhen.thresholdSeconds, "thresholdSeconds", signal), where, window);
    case "probe":
      return clampMin(sub(probeCount(signal, where, window), probeSuccesses(signal, where, window)), 0);
    case "saturation": {
      const limit = needed(badWhen.limit, "limit", signal);
      const known = utilization(signal, where);
      return orZeroOf(minutes(gt(known, n(limit)), window), minutes(known, window));
    }
  }
}

/** `value`, and 0 where that has nothing although `base` has something. Both without labels. */
export function orZeroOf(value: Query, base: Query): Query {
  return or(value, mul(base, n(0)));
}

/**
 * How full the thing is, 0 to 1: the fullest one where `used` and `capacity` come in pairs of equal labels, else all used of all capacity.
 * Nothing where there is no capacity, or a capacity of 0.
 */
export function utilization(signal: SaturationSignal, where: Matchers): Query {
  const used = () => selected(signal.used, where);
  const capacity = () => selected(signal.capacity, where);
  return or(max(div(used(), gt(capacity(), n(0)))), div(sum(used()), gt(sum(capacity()), n(0))));
}

function badEvents(signal: EventsSignal, where: Matchers, window: string): Query {
  const counted = (selector: EventsSignal["total"]) => sum(increase(selected(selector, where, window)));
  const total = () => counted(signal.total);
  // A counter of one status has no series before its first event.
  if (signal.bad !== undefined) return orZeroOf(counted(signal.bad), total());
  if (signal.good === undefined)
    throw new Error("an events signal without bad and good can't say which events are bad");
  return clampMin(sub(total(), orZeroOf(counted(signal.good), total())), 0);
}

function slowObservations(signal: LatencySignal, seconds: number, where: Matchers, window: string): Query {
  const bound = inUnit(signal, seconds);
  const total = () => totalCount(signal, where, window);
  if (signal.histogram === "classic") {
    const bucket = series(`${signal.metric}_bucket`, [{ le: bucketMatch(bound) }, signal.where, where], window);
    return clampMin(sub(total(), sum(increase(bucket))), 0);
  }
  // The fraction of no observations is NaN, which the comparison leaves out.
  const slow = sub(n(1), histogramFraction(0, bound, observations(signal, where, window)));
  return orZeroOf(gte(mul(total(), slow), n(0)), total());
}

function observations(signal: LatencySignal, where: Matchers, window: string): Query {
  return sum(increase(series(signal.metric, [signal.where, where], window)));
}

function probeCount(signal: ProbeSignal, where: Matchers, window: string): Query {
  const metric = PROBE_METRICS[signal.source];
  if (signal.source === "synthetic") return sum(increase(series(`${metric}_count`, [signal.where, where], window)));
  return sum(countOverTime(series(metric, [signal.where, where], window)));
}

function probeSuccesses(signal: ProbeSignal, where: Matchers, window: string): Query {
  const metric = PROBE_METRICS[signal.source];
  if (signal.source === "synthetic") return sum(increase(series(`${metric}_sum`, [signal.where, where], window)));
  return sum(sumOverTime(series(metric, [signal.where, where], window)));
}

/** What was known of the utilization over a window, once a minute. */
export function utilizationOver(signal: SaturationSignal, where: Matchers, window: string): Query {
  return subquery(utilization(signal, where)).range(window).resolution(`${LOOK_SECONDS}s`);
}

function minutes(condition: Query, window: string): Query {
  const step = window.startsWith("$") || durationSeconds(window) <= 86_400 ? LOOK_SECONDS : SELDOM_SECONDS;
  const looks = countOverTime(subquery(condition).range(window).resolution(`${step}s`));
  return step === LOOK_SECONDS ? looks : mul(looks, n(step / LOOK_SECONDS));
}

function needed(value: number | undefined, property: string, signal: Signal): number {
  if (value === undefined) throw new Error(`an objective on a ${signal.kind} signal needs ${property}`);
  return value;
}
