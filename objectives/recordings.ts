import { avgOverTime, div, gt, mul, n, or } from "@grafana/promql-builder";
import type { Objective } from "../declaration/objectives";
import type { Matchers } from "../declaration/selector";
import type { Signal } from "../declaration/telemetry";
import type { RecordingRule } from "./alert-rule";
import { duration } from "./duration";
import { badCount, type Query, totalCount } from "./event-counts";
import { RECORDED } from "./names";
import { type RecordedOf, recorded, recordedLabels } from "./objective-series";
import { finished } from "./promql";
import { period, ratioWindows } from "./windows";

/**
 * What is recorded of an objective: events and bad events a second and their ratio, for each distinct window. Over the whole period both rates are
 * averages of what the shortest window recorded, and the ratio is that of the averages: events keep their weight, and nobody asks for 30 days
 * of raw samples once a minute. Each rule reads only those before it.
 */
export function objectiveRecordings(
  identity: RecordedOf,
  objective: Objective,
  signal: Signal,
  where: Matchers,
  scrapeSeconds: number,
): readonly RecordingRule[] {
  const windows = ratioWindows(objective, scrapeSeconds);
  const record = (metric: string, window: string, query: Query): RecordingRule => ({
    metric,
    query: finished(query),
    labels: recordedLabels(identity, window),
  });
  const ratio = (window: string): RecordingRule => {
    const all = () => recorded(RECORDED.total(window), identity, window);
    const bad = recorded(RECORDED.bad(window), identity, window);
    return record(RECORDED.errorRatio(window), window, or(div(bad, gt(all(), n(0))), mul(all(), n(0))));
  };
  const overWindow = (seconds: number): readonly RecordingRule[] => {
    const window = duration(seconds);
    return [
      record(RECORDED.total(window), window, div(totalCount(signal, where, window), n(seconds))),
      record(RECORDED.bad(window), window, div(badCount(signal, objective, where, window), n(seconds))),
      ratio(window),
    ];
  };
  const [shortestSeconds = 300] = windows;
  const shortest = duration(shortestSeconds);
  const whole = period(objective);
  const averaged = (metric: (window: string) => string): RecordingRule =>
    record(metric(whole), whole, avgOverTime(recorded(metric(shortest), identity, shortest).range(whole)));
  return [...windows.flatMap(overWindow), averaged(RECORDED.total), averaged(RECORDED.bad), ratio(whole)];
}
