import type { Objective } from "../../declaration/objectives";
import type { LatencySignal } from "../../declaration/telemetry";
import { inUnit } from "../histogram-bounds";
import {
  budgetSeconds,
  burnWindows,
  EVALUATION_SECONDS,
  errorBudget,
  isReachable,
  leastWindowSeconds,
} from "../windows";
import type { Observed, Reported } from "./reported";

const SRE_WORKBOOK = "https://sre.google/workbook/alerting-on-slos/";

/** Targets whose alerts could never speak, or only when the budget is gone; thresholds that can't be told; windows too short for a rate. */
export function burnProblems({ service, telemetry, dataSource }: Observed): readonly Reported[] {
  return Object.entries(service.objectives ?? {}).flatMap(([key, objective]) => {
    const path = ["objectives", key];
    const signal = telemetry.signals[objective.signal];
    return [
      ...unreachable(path, objective, dataSource.scrapeSeconds),
      ...tooLittle(path, objective),
      ...(signal?.kind === "latency" ? betweenBuckets(path, objective, signal) : []),
      ...gateTooShort(path, objective, dataSource.scrapeSeconds),
    ];
  });
}

function unreachable(path: readonly string[], objective: Objective, scrapeSeconds: number): readonly Reported[] {
  const fastest = burnWindows(objective, scrapeSeconds).find((windows) => !isReachable(objective, windows));
  if (fastest === undefined) return [];
  const least = Math.ceil((1 - 1 / fastest.burn) * 10_000) / 10_000;
  return [
    {
      path: [...path, "target"],
      came: `${objective.target} over ${objective.windowDays} days`,
      expected: `more than ${least}: the page speaks from a burn rate of ${shown(fastest.burn)}, and with a budget of ${percent(errorBudget(objective))} a total outage burns no faster than ${shown(1 / errorBudget(objective))}`,
      remedy: "promise more, or over fewer days; if it is no promise worth a page, declare a threshold alert instead",
      source: SRE_WORKBOOK,
    },
  ];
}

function tooLittle(path: readonly string[], objective: Objective): readonly Reported[] {
  const seconds = budgetSeconds(objective);
  if (seconds >= EVALUATION_SECONDS) return [];
  return [
    {
      path: [...path, "target"],
      came: `${objective.target} over ${objective.windowDays} days: a total outage of ${shown(seconds)} s spends the whole budget`,
      expected: `a budget of at least ${EVALUATION_SECONDS} s: rules are evaluated so often, and the budget would be gone before anybody is told`,
      remedy: "promise less, or over more days",
      source: SRE_WORKBOOK,
    },
  ];
}

function betweenBuckets(path: readonly string[], objective: Objective, signal: LatencySignal): readonly Reported[] {
  const { thresholdSeconds } = objective;
  if (signal.histogram === "native" || signal.buckets === undefined || thresholdSeconds === undefined) return [];
  const bound = (seconds: number) => inUnit(signal, seconds);
  if (signal.buckets.some((bucket) => bound(bucket) === bound(thresholdSeconds))) return [];
  const below = signal.buckets.findLast((bucket) => bucket < thresholdSeconds);
  const above = signal.buckets.find((bucket) => bucket > thresholdSeconds);
  const neighbours = [below, above].filter((bucket) => bucket !== undefined);
  return [
    {
      path: [...path, "thresholdSeconds"],
      came: `${thresholdSeconds}, which is no bucket of ${signal.metric}`,
      expected: `an upper bound of one of its buckets; the nearest: ${neighbours.join(" and ")}`,
      remedy: `write one of these, or give the histogram a bucket of ${thresholdSeconds} s first: between two bounds nobody can count`,
      source: "https://prometheus.io/docs/practices/histograms/#apdex-score",
    },
  ];
}

function gateTooShort(path: readonly string[], { gateMinutes }: Objective, scrapeSeconds: number): readonly Reported[] {
  const least = leastWindowSeconds(scrapeSeconds);
  if (gateMinutes === undefined || gateMinutes * 60 >= least) return [];
  return [{ path: [...path, "gateMinutes"], ...shorterThanScrapes(gateMinutes, scrapeSeconds) }];
}

export function shorterThanScrapes(minutes: number, scrapeSeconds: number): Omit<Reported, "path"> {
  const least = Math.ceil(leastWindowSeconds(scrapeSeconds) / 60);
  return {
    came: `${minutes}`,
    expected: `at least ${least}, four scrapes of ${scrapeSeconds} s: in less there may be no two samples to compare`,
    remedy: `write ${least} or more, or scrape more often`,
    source: "https://prometheus.io/docs/prometheus/latest/querying/functions/#rate",
  };
}

function percent(ratio: number): string {
  return `${shown(ratio * 100)} %`;
}

function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
