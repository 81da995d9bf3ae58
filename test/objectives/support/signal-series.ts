import type { LabelMatch, Matchers, Selector } from "../../../declaration/selector";
import type { LatencySignal, Signal, Telemetry } from "../../../declaration/telemetry";
import { type GeneratedMetric, type GeneratedSeries, openMetrics } from "../../support/open-metrics";

const PROBES = {
  up: ["up"],
  blackbox: ["probe_success"],
  synthetic: ["probe_all_success_sum", "probe_all_success_count"],
};

interface Series extends GeneratedSeries {
  readonly metric: string;
}

/**
 * Healthy series for every signal of a service's telemetry in each of its stages, until a time: ten events a second, of which one in a thousand is
 * bad, all within the first bucket; none of those that are counted only; probes that succeed; a quarter in use.
 */
export function healthySeries(telemetry: Telemetry, until: number, hours: number): string {
  const series = Object.values(telemetry.stages).flatMap(({ where }) => {
    const signals = Object.values(telemetry.signals);
    const others = signals.flatMap((signal) => (signal.kind === "latency" ? [] : seriesOf(signal, where)));
    const latencies = signals.flatMap((signal) => (signal.kind === "latency" ? histogram(signal, where, others) : []));
    return [...others, ...latencies, ...deployed(telemetry, where)];
  });
  const unlike = new Map(
    series.map((each) => [JSON.stringify([each.metric, Object.entries(each.labels).sort()]), each]),
  );
  const metrics = new Map<string, GeneratedSeries[]>();
  for (const each of unlike.values()) metrics.set(each.metric, [...(metrics.get(each.metric) ?? []), each]);
  const families = [...metrics].map(([metric, all]): GeneratedMetric => ({ metric, series: all }));
  return openMetrics({ from: until - hours * 3600, to: until, stepSeconds: 60 }, families);
}

function seriesOf(signal: Exclude<Signal, LatencySignal>, stage: Matchers): readonly Series[] {
  switch (signal.kind) {
    case "events": {
      const good = { ...(signal.status !== undefined && { [signal.status]: "200" }) };
      const { total, bad } = signal;
      const perSecond = bad === undefined && signal.good === undefined ? 0 : 10;
      return [
        counter(total.metric, { ...good, ...labelsOf(stage, total.where) }, perSecond),
        ...(bad === undefined ? [] : [counter(bad.metric, labelsOf(stage, total.where, bad.where), 0.01)]),
      ];
    }
    case "probe":
      return PROBES[signal.source].map((metric) => gauge(metric, labelsOf(stage, signal.where), 1));
    case "saturation":
      return [one(signal.used, stage, 10), one(signal.capacity, stage, 40)];
  }
}

function one({ metric, where }: Selector, stage: Matchers, value: number): Series {
  return gauge(metric, labelsOf(stage, where), value);
}

function deployed({ deployments }: Telemetry, stage: Matchers): readonly Series[] {
  if (deployments === undefined) return [];
  const { series, sha } = deployments;
  return [gauge(series.metric, { ...labelsOf(stage, series.where), [sha]: "abc1234" }, 1)];
}

/** Events that are counted by the histogram's own count, as those of OpenTelemetry are, are what its buckets hold. */
function histogram(
  { metric, buckets = [], where }: LatencySignal,
  stage: Matchers,
  others: readonly Series[],
): readonly Series[] {
  const bounds = [...buckets.map(String), "+Inf"];
  const counted = others.filter((each) => each.metric === `${metric}_count`);
  const own = counted.length > 0 ? counted : [counter(`${metric}_count`, labelsOf(stage, where), 10)];
  return [
    ...own.flatMap(({ labels, at }) =>
      bounds.map((le) => ({ metric: `${metric}_bucket`, labels: { ...labels, le }, at })),
    ),
    ...(counted.length > 0 ? [] : own),
  ];
}

function counter(metric: string, labels: Record<string, string>, perSecond: number): Series {
  return { metric, labels, at: (seconds) => seconds * perSecond };
}

function gauge(metric: string, labels: Record<string, string>, value: number): Series {
  return { metric, labels, at: () => value };
}

/** Labels that matchers take; of an expression such as `GET|HEAD` or `5..` the first that comes to mind. */
function labelsOf(...matchers: readonly (Matchers | undefined)[]): Record<string, string> {
  return Object.fromEntries(
    matchers.flatMap((where) => Object.entries(where ?? {})).map(([label, match]) => [label, taken(match)]),
  );
}

function taken(match: LabelMatch): string {
  if (typeof match === "string") return match;
  if ("matches" in match) return (match.matches.split("|")[0] ?? "").replaceAll(".", "0");
  return "something-else";
}
