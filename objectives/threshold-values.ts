import {
  and,
  avg,
  clampMin,
  div,
  gte,
  increase,
  labelReplace,
  n,
  or,
  sgn,
  sub,
  sum,
  vect,
} from "@grafana/promql-builder";
import type { Alert } from "../declaration/alerts";
import type { Matchers } from "../declaration/selector";
import type { EventsSignal, LatencySignal, ProbeSignal, SaturationSignal, Signal } from "../declaration/telemetry";
import type { AlertRule } from "./alert-rule";
import { badCount, countedEvents, orZeroOf, type Query, totalCount, utilization } from "./event-counts";
import { checkedPromql, finished, resultType, scoped } from "./promql";
import { selected } from "./series";
import { bestProbe, quantileSeconds } from "./signal-queries";

/** What a declared alert looks at, and when it speaks. */
export type ThresholdValue = Pick<AlertRule, "query" | "comparison">;

/** Of synthetic checks, which come once in some minutes. */
const PROBE_WINDOW = "10m";

const SAME_HOUR = "1h";

/**
 * The value of a declared alert, as one number without labels, and what it is compared with. Where there is too little traffic to judge it is
 * 0; where there are no series it is nothing. Throws when the signal is not of the alert's kind: declarations are checked for that before.
 */
export function thresholdValue(
  alert: Alert,
  signals: Readonly<Record<string, Signal>>,
  where: Matchers,
): ThresholdValue {
  const above = (query: Query, threshold: number): ThresholdValue => ({
    query: finished(query),
    comparison: { operator: "above", threshold },
  });
  switch (alert.kind) {
    case "latency-above":
      return above(slowness(alert, signalOf(signals, alert, "latency"), where), alert.aboveSeconds);
    case "failures-above":
      return above(failures(alert, signalOf(signals, alert, "events"), where), alert.above);
    case "events-above":
      return above(countedEvents(signalOf(signals, alert, "events"), where, `${alert.overMinutes}m`), alert.above);
    case "saturation-above":
      return above(utilization(signalOf(signals, alert, "saturation"), where), alert.above);
    case "traffic-drop":
      return above(drop(alert, signalOf(signals, alert, "events"), where), alert.drop);
    case "down":
      return {
        query: finished(sgn(bestProbe(signalOf(signals, alert, "probe"), where, PROBE_WINDOW))),
        comparison: { operator: "below", threshold: 1 },
      };
    case "query":
      return ownQuery(alert, where);
  }
}

function slowness(alert: Extract<Alert, { kind: "latency-above" }>, signal: LatencySignal, where: Matchers): Query {
  const window = `${alert.overMinutes}m`;
  const total = () => totalCount(signal, where, window);
  const quantile = quantileSeconds(signal, where, alert.quantile, window);
  return orZeroOf(and(quantile, gte(total(), n(alert.minimumEvents))), total());
}

function failures(alert: Extract<Alert, { kind: "failures-above" }>, signal: EventsSignal, where: Matchers): Query {
  const window = `${alert.overMinutes}m`;
  const total = () => totalCount(signal, where, window);
  return orZeroOf(div(badCount(signal, {}, where, window), gte(total(), n(alert.minimumEvents))), total());
}

/**
 * How far the last hour is below the mean of the same hour of earlier days: 0.4 is 40 %. Days without series don't count, and a mean below the
 * minimum is no baseline (0). Nothing is counted now where there was a baseline: that is a drop of all.
 */
function drop(alert: Extract<Alert, { kind: "traffic-drop" }>, signal: EventsSignal, where: Matchers): Query {
  const hour = (offset?: string) => {
    const counter = selected(signal.total, where, SAME_HOUR);
    return sum(increase(offset === undefined ? counter : counter.offset(offset)));
  };
  const days = alert.daysAgo.map((day) => labelReplace(hour(`${day}d`), '"day"', `"${day}"`, '""', '""'));
  const [first, ...others] = days;
  if (first === undefined) throw new Error("traffic-drop needs at least one day to compare with");
  const baseline = avg(others.reduce<Query>((all, one) => or(all, one), first));
  const fallen = sub(n(1), div(or(hour(), vect(0)), gte(baseline, n(alert.minimumEvents))));
  return orZeroOf(clampMin(fallen, 0), hour());
}

/** Of several values the one that is nearest to firing counts. */
function ownQuery(alert: Extract<Alert, { kind: "query" }>, where: Matchers): ThresholdValue {
  const inStage = scoped(alert.query, where);
  const comparison =
    alert.below === undefined
      ? ({ operator: "above", threshold: alert.above ?? Number.NaN } as const)
      : ({ operator: "below", threshold: alert.below } as const);
  if (Number.isNaN(comparison.threshold)) throw new Error("an alert of kind query needs above or below");
  const outermost = alert.below === undefined ? "max" : "min";
  const query = resultType(inStage) === "scalar" ? `vector(${inStage})` : `${outermost}(${inStage})`;
  return { query: checkedPromql(query), comparison };
}

interface SignalKinds {
  readonly events: EventsSignal;
  readonly latency: LatencySignal;
  readonly probe: ProbeSignal;
  readonly saturation: SaturationSignal;
}

function signalOf<K extends keyof SignalKinds>(
  signals: Readonly<Record<string, Signal>>,
  alert: Exclude<Alert, { kind: "query" }>,
  kind: K,
): SignalKinds[K] {
  const signal = signals[alert.signal];
  if (signal?.kind !== kind) {
    throw new Error(
      `an alert of kind "${alert.kind}" needs a signal of kind "${kind}"; "${alert.signal}" is ${signal?.kind ?? "none"}`,
    );
  }
  return signal as SignalKinds[K];
}
