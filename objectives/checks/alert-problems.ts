import type { Alert } from "../../declaration/alerts";
import { show } from "../../declaration/problem";
import type { Signal } from "../../declaration/telemetry";
import { isFilter, promqlProblem, resultType } from "../promql";
import { inWords } from "../promql-types";
import { leastWindowSeconds } from "../windows";
import { shorterThanScrapes } from "./burn-problems";
import type { Observed, Reported } from "./reported";

const BASICS = "https://prometheus.io/docs/prometheus/latest/querying/basics/";

/** Alerts that Prometheus would refuse, or that could never speak. */
export function alertProblems({ service, telemetry, dataSource }: Observed): readonly Reported[] {
  return Object.entries(service.alerts ?? {}).flatMap(([name, alert]) => {
    const path = ["alerts", name];
    if (alert.kind === "query") {
      const problem = queryProblem(alert.query);
      return problem === undefined ? [] : [{ path: [...path, "query"], ...problem }];
    }
    const signal = telemetry.signals[alert.signal];
    return [
      ...tooShort(path, alert, dataSource.scrapeSeconds),
      ...(signal === undefined ? [] : aboveAllBuckets(path, alert, signal)),
    ];
  });
}

function queryProblem(query: string): Omit<Reported, "path"> | undefined {
  const came = show(query);
  if (/\$__\w+/.test(query)) {
    return {
      came,
      expected: "a duration such as 5m: only dashboards have Grafana's variables",
      remedy: "write how far back the alert looks",
    };
  }
  const problem = promqlProblem(query);
  if (problem !== undefined) {
    return {
      came: `${came}: ${problem}`,
      expected: "PromQL that Prometheus takes",
      remedy: "correct it",
      source: BASICS,
    };
  }
  const type = resultType(query);
  if (type === "range" || type === "string") {
    return {
      came: `${came}, which gives ${inWords(type)}`,
      expected: "a number now: a scalar or an instant vector",
      remedy:
        type === "range" ? "put it into a function such as rate(…) or max_over_time(…)" : "write what is measured",
      source: BASICS,
    };
  }
  if (isFilter(query)) {
    return {
      came: `${came}, which has a value only while something is wrong`,
      expected: "the value itself: without one it can't be told whether all is well or nothing is measured",
      remedy: "leave the comparison to above or below, or add: or vector(0)",
    };
  }
  return undefined;
}

function tooShort(path: readonly string[], alert: Alert, scrapeSeconds: number): readonly Reported[] {
  if (!("overMinutes" in alert) || alert.overMinutes * 60 >= leastWindowSeconds(scrapeSeconds)) return [];
  return [{ path: [...path, "overMinutes"], ...shorterThanScrapes(alert.overMinutes, scrapeSeconds) }];
}

/** A quantile in the last bucket is said to be the highest bound, however long it took. */
function aboveAllBuckets(path: readonly string[], alert: Alert, signal: Signal): readonly Reported[] {
  if (alert.kind !== "latency-above" || signal.kind !== "latency" || signal.histogram === "native") return [];
  const highest = signal.buckets?.at(-1);
  if (highest === undefined || alert.aboveSeconds < highest) return [];
  return [
    {
      path: [...path, "aboveSeconds"],
      came: `${alert.aboveSeconds}, though the highest bucket of ${signal.metric} ends at ${highest}`,
      expected: `less than ${highest}: a quantile is never said to be higher, and the alert would never speak`,
      remedy: "write less, or give the histogram higher buckets",
      source: "https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile",
    },
  ];
}
