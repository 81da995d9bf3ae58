import {
  type Builder,
  div,
  type Expr,
  gt,
  gte,
  histogramQuantile,
  increase,
  max,
  n,
  rate,
  sum,
} from "@grafana/promql-builder";
import type { Matchers } from "../declaration/selector";
import type { EventsSignal, LatencySignal, ProbeSignal, SaturationSignal, Signal } from "../declaration/telemetry";
import {
  type BadWhen,
  badCount,
  countedEvents,
  orZeroOf,
  PROBE_METRICS,
  totalCount,
  utilization,
} from "./event-counts";
import { finished } from "./promql";
import { selected, series } from "./series";

/**
 * PromQL of signals, in one place for alerts, dashboards and the gate. `where` are the stage's matchers and any more; `window` is a duration
 * of Prometheus (`5m`) or a duration of Grafana's (`$__rate_interval`). Values have no labels unless said otherwise.
 */

export type StatusClass = "2xx" | "3xx" | "4xx" | "5xx";

/** Events a second; by the values of a label when there is one. Nothing without series. */
export function eventRate(signal: EventsSignal, where: Matchers, window: string, by?: string): string {
  const total = sum(rate(selected(signal.total, where, window)));
  return finished(by === undefined ? total : total.by([by]));
}

/**
 * Events a second of one class of HTTP statuses; 0 when there are events, but none of the class. Throws when the signal has no status label.
 */
export function statusClassRate(
  signal: EventsSignal,
  where: Matchers,
  window: string,
  statusClass: StatusClass,
): string {
  if (signal.status === undefined) throw new Error("an events signal without status can't be told apart by status");
  const { metric } = signal.total;
  const status = { [signal.status]: { matches: `${statusClass.slice(0, 1)}..` } };
  const ofClass = sum(rate(series(metric, [signal.total.where, status, where], window)));
  return finished(orZeroOf(ofClass, sum(rate(selected(signal.total, where, window)))));
}

/** How many events there were over the window: see `countedEvents`. */
export function eventCount(signal: EventsSignal, where: Matchers, window: string): string {
  return finished(countedEvents(signal, where, window));
}

/** Bad of all events, 0 to 1; 0 when there was none. Nothing without series. Throws when the signal is a count only. */
export function failureRatio(signal: EventsSignal, where: Matchers, window: string): string {
  return finished(ratioOrZero(badCount(signal, {}, where, window), () => totalCount(signal, where, window)));
}

/** A quantile in seconds, whatever the histogram's unit. Nothing when nothing was observed. */
export function latencyQuantile(signal: LatencySignal, where: Matchers, quantile: number, window: string): string {
  return finished(quantileSeconds(signal, where, quantile, window));
}

/** `latencyQuantile` as a part of a greater expression. */
export function quantileSeconds(
  signal: LatencySignal,
  where: Matchers,
  quantile: number,
  window: string,
): Builder<Expr> {
  const native = signal.histogram === "native";
  const metric = native ? signal.metric : `${signal.metric}_bucket`;
  const buckets = sum(rate(series(metric, [signal.where, where], window)));
  const value = histogramQuantile(quantile, native ? buckets : buckets.by(["le"]));
  // The quantile of nothing is NaN, which the comparison leaves out.
  return gte(signal.unit === "seconds" ? value : div(value, n(1000)), n(0));
}

/** How full the thing is, 0 to 1, as `utilization` says. */
export function saturation(signal: SaturationSignal, where: Matchers): string {
  return finished(utilization(signal, where));
}

/**
 * The best of the probes: 0 when none succeeds, 1 when one does; of synthetic checks the highest share of successes over `window`. Nothing
 * without series.
 *
 * @param window Of synthetic checks only.
 */
export function probeSuccess(signal: ProbeSignal, where: Matchers, window = "10m"): string {
  return finished(bestProbe(signal, where, window));
}

/** `probeSuccess` as a part of a greater expression. */
export function bestProbe(signal: ProbeSignal, where: Matchers, window: string): Builder<Expr> {
  const metric = PROBE_METRICS[signal.source];
  if (signal.source !== "synthetic") return max(series(metric, [signal.where, where]));
  const increased = (suffix: string) => increase(series(`${metric}_${suffix}`, [signal.where, where], window));
  // The two differ in nothing but the metric's name.
  return max(div(increased("sum"), gt(increased("count"), n(0))));
}

/** How many events of an objective were bad over the window: see `badCount`. */
export function bad(signal: Signal, badWhen: BadWhen, where: Matchers, window: string): string {
  return finished(badCount(signal, badWhen, where, window));
}

/** How many events of an objective there were over the window: see `totalCount`. */
export function total(signal: Signal, where: Matchers, window: string): string {
  return finished(totalCount(signal, where, window));
}

/** Bad of all, where `all` is above 0; else 0. Nothing where there is no `all`. */
export function ratioOrZero(badOnes: Builder<Expr>, all: () => Builder<Expr>): Builder<Expr> {
  return orZeroOf(div(badOnes, gt(all(), n(0))), all());
}
