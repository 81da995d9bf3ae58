import { max, timestamp } from "@grafana/promql-builder";
import type { Matchers } from "../../declaration/selector";
import type { Signal } from "../../declaration/telemetry";
import { PROBE_METRICS } from "../event-counts";
import { checkedPromql } from "../promql";
import { selected, series } from "../series";

/** PromQL: when the newest sample of a signal's series was taken. Unix time, seconds. Nothing where there was none in the last minutes. */
export function newestSample(signal: Signal, where: Matchers): string {
  return checkedPromql(`${max(timestamp(seriesOf(signal, where)))}`);
}

/** The series of a signal's events, as PromQL: what to look for when they are missing. */
export function signalSeries(signal: Signal, where: Matchers): string {
  return checkedPromql(`${seriesOf(signal, where)}`);
}

function seriesOf(signal: Signal, where: Matchers) {
  switch (signal.kind) {
    case "events":
      return selected(signal.total, where);
    case "latency":
      return series(signal.histogram === "native" ? signal.metric : `${signal.metric}_count`, [signal.where, where]);
    case "probe": {
      const metric = PROBE_METRICS[signal.source];
      return series(signal.source === "synthetic" ? `${metric}_count` : metric, [signal.where, where]);
    }
    case "saturation":
      return selected(signal.used, where);
  }
}
