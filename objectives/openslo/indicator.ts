import { div, histogramFraction, max, rate, sum } from "@grafana/promql-builder";
import type { Objective } from "../../declaration/objectives";
import { show } from "../../declaration/problem";
import type { Matchers } from "../../declaration/selector";
import type { Signal } from "../../declaration/telemetry";
import { PROBE_METRICS, type Query } from "../event-counts";
import { bucketMatch, inUnit } from "../histogram-bounds";
import { finished } from "../promql";
import { selected, series } from "../series";

/** What an SLI measures, and by which of OpenSLO's methods its budget is counted. */
export interface Indicator {
  /** `ratioMetric` or `thresholdMetric` of the SLI. */
  readonly metric: Readonly<Record<string, unknown>>;
  readonly budgetingMethod: "Occurrences" | "Timeslices";
  /** What the objective adds: comparison and time slices of a threshold metric. */
  readonly comparison: Readonly<Record<string, unknown>>;
}

/** A quantile or fraction needs some past; OpenSLO has no placeholder for a window. */
const WINDOW = "5m";

/**
 * The indicator of an objective in one stage.
 * - events, classic histograms, synthetic checks: a ratio of counters
 * - native histograms: a ratio that is computed already (`raw`)
 * - probes: each sample is an occurrence, good from 1
 * - saturation: minutes, bad once the limit is passed
 *
 * @throws Error when the objective lacks what its signal's kind needs
 */
export function indicatorOf(signal: Signal, objective: Objective, where: Matchers, dataSource: string): Indicator {
  const metric = (query: Query) => ({
    metricSource: { metricSourceRef: dataSource, type: "Prometheus", spec: { query: finished(query) } },
  });
  const occurrences = (ratioMetric: Readonly<Record<string, unknown>>): Indicator => ({
    metric: { ratioMetric },
    budgetingMethod: "Occurrences",
    comparison: {},
  });
  switch (signal.kind) {
    case "events": {
      const { total, bad, good } = signal;
      const all = { total: metric(sum(selected(total, where))) };
      if (bad !== undefined) return occurrences({ counter: true, bad: metric(sum(selected(bad, where))), ...all });
      if (good !== undefined) return occurrences({ counter: true, good: metric(sum(selected(good, where))), ...all });
      throw new Error(`the events signal ${show(objective.signal)} has neither bad nor good`);
    }
    case "latency": {
      if (objective.thresholdSeconds === undefined)
        throw new Error("an objective on a latency signal needs thresholdSeconds");
      const bound = inUnit(signal, objective.thresholdSeconds);
      const own = [signal.where, where];
      if (signal.histogram === "native") {
        const observed = sum(rate(series(signal.metric, own, WINDOW)));
        return occurrences({ rawType: "success", raw: metric(histogramFraction(0, bound, observed)) });
      }
      const bucket = series(`${signal.metric}_bucket`, [{ le: bucketMatch(bound) }, ...own]);
      return occurrences({
        counter: true,
        good: metric(sum(bucket)),
        total: metric(sum(series(`${signal.metric}_count`, own))),
      });
    }
    case "probe": {
      const name = PROBE_METRICS[signal.source];
      const own = [signal.where, where];
      if (signal.source === "synthetic") {
        const counted = (suffix: string) => metric(sum(series(`${name}_${suffix}`, own)));
        return occurrences({ counter: true, good: counted("sum"), total: counted("count") });
      }
      return {
        metric: { thresholdMetric: metric(series(name, own)) },
        budgetingMethod: "Occurrences",
        comparison: { op: "gte", value: 1 },
      };
    }
    case "saturation": {
      if (objective.limit === undefined) throw new Error("an objective on a saturation signal needs limit");
      return {
        metric: { thresholdMetric: metric(max(div(selected(signal.used, where), selected(signal.capacity, where)))) },
        budgetingMethod: "Timeslices",
        comparison: { op: "lte", value: objective.limit, timeSliceTarget: 1, timeSliceWindow: "1m" },
      };
    }
  }
}
