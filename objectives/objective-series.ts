import { absentOverTime, and, div, gt, gte, max, mul, n, sum } from "@grafana/promql-builder";
import type { Objective } from "../declaration/objectives";
import type { Matchers } from "../declaration/selector";
import type { Signal } from "../declaration/telemetry";
import { durationSeconds } from "./duration";
import { badCount, PROBE_METRICS, type Query, totalCount, utilizationOver } from "./event-counts";
import { LABEL, RECORDED } from "./names";
import { series } from "./series";
import { ratioOrZero } from "./signal-queries";

/** What is known of an objective in one stage. Rules are built on this, whether they ask the raw series or those that were recorded. */
export interface ObjectiveSeries {
  /** Bad of all over a window, where it had at least so many events (with 0: any at all); else nothing. Without labels. */
  ratioOf(window: string, leastEvents: number): Query;
  /** Bad of all over a window; 0 when there was no event, nothing when there are no series. Without labels. */
  ratioOrZero(window: string): Query;
  /** 1 when there was no series of events at all within the window, else nothing. Without labels. */
  absent(window: string): Query;
}

/** Asks the series of the signal itself. */
export function rawSeries(signal: Signal, objective: Objective, where: Matchers): ObjectiveSeries {
  const total = (window: string) => totalCount(signal, where, window);
  const bad = (window: string) => badCount(signal, objective, where, window);
  return {
    ratioOf: (window, leastEvents) => div(bad(window), atLeast(total(window), leastEvents)),
    ratioOrZero: (window) => ratioOrZero(bad(window), () => total(window)),
    absent: (window) => sum(absentOverTime(existence(signal, where, window))),
  };
}

/** Identity of recorded series, but for the window. */
export interface RecordedOf {
  readonly service: string;
  readonly stage: string;
  readonly objective: string;
}

/** Asks what the recording rules made. `shortest`: the shortest window that is recorded. */
export function recordedSeries(identity: RecordedOf, shortest: string): ObjectiveSeries {
  // Two Prometheus servers that record the same must not count twice: max, where sum would.
  const newest = (metric: string, window: string) => max(recorded(metric, identity, window));
  const ratio = (window: string) => newest(RECORDED.errorRatio(window), window);
  return {
    ratioOf: (window, leastEvents) =>
      and(ratio(window), atLeast(mul(newest(RECORDED.total(window), window), n(durationSeconds(window))), leastEvents)),
    ratioOrZero: ratio,
    absent: (window) => sum(absentOverTime(recorded(RECORDED.total(shortest), identity, shortest).range(window))),
  };
}

function atLeast(count: Query, events: number): Query {
  return events === 0 ? gt(count, n(0)) : gte(count, n(events));
}

/** One recorded series of an objective. */
export function recorded(metric: string, identity: RecordedOf, window: string) {
  return series(metric, [recordedLabels(identity, window)]);
}

/** Labels that the recording rules give to what they record. */
export function recordedLabels({ service, stage, objective }: RecordedOf, window: string): Record<string, string> {
  return { [LABEL.service]: service, [LABEL.stage]: stage, [LABEL.objective]: objective, [LABEL.window]: window };
}

/** Series that exist as long as events of the signal are counted, over a window. */
function existence(signal: Signal, where: Matchers, window: string): Query {
  switch (signal.kind) {
    case "events":
      return series(signal.total.metric, [signal.total.where, where], window);
    case "latency":
      return series(`${signal.metric}${signal.histogram === "native" ? "" : "_count"}`, [signal.where, where], window);
    case "probe": {
      const metric = PROBE_METRICS[signal.source];
      return series(signal.source === "synthetic" ? `${metric}_count` : metric, [signal.where, where], window);
    }
    case "saturation":
      return utilizationOver(signal, where, window);
  }
}
