import { type BurnAlert, burnAlerts, burnRate } from "../declaration/burn-alerts";
import type { Objective } from "../declaration/objectives";
import { duration } from "./duration";

/** How often rules are evaluated. Seconds. */
export const EVALUATION_SECONDS = 60;

/** `rate` and `increase` need two samples, and one scrape may fail: four is the rule. https://grafana.com/blog/2020/09/28/new-in-grafana-7.2-__rate_interval-for-prometheus-rate-queries-that-just-work/ */
const LEAST_SCRAPES = 4;

/** Two windows that must both burn so fast before an alert speaks: the long one so that it matters, the short one so that it still goes on. */
export interface BurnWindows {
  readonly answer: BurnAlert["answer"];
  readonly budgetShare: number;
  readonly longSeconds: number;
  readonly shortSeconds: number;
  /** How many times faster than evenly the budget burns: share × period / long window. */
  readonly burn: number;
}

/** The shortest window over which a rate can be told. Seconds. */
export function leastWindowSeconds(scrapeSeconds: number): number {
  return LEAST_SCRAPES * scrapeSeconds;
}

/**
 * The windows of an objective's burn alerts, the fastest first. A window that is shorter than four scrapes is widened to them: it follows from
 * the table, and nobody wrote it. What somebody wrote (`overMinutes`) is refused instead.
 */
export function burnWindows(objective: Pick<Objective, "windowDays">, scrapeSeconds: number): readonly BurnWindows[] {
  return burnAlerts(objective.windowDays).map((alert) => ({
    answer: alert.answer,
    budgetShare: alert.budgetShare,
    longSeconds: alert.longHours * 3600,
    shortSeconds: Math.max(alert.shortMinutes * 60, leastWindowSeconds(scrapeSeconds)),
    burn: rounded(burnRate(alert, objective.windowDays)),
  }));
}

/** Every window of an objective whose ratio is recorded, each once, the shortest first; without the period itself. Seconds. */
export function ratioWindows(objective: Pick<Objective, "windowDays">, scrapeSeconds: number): readonly number[] {
  const all = burnWindows(objective, scrapeSeconds).flatMap(({ longSeconds, shortSeconds }) => [
    shortSeconds,
    longSeconds,
  ]);
  return [...new Set(all)].toSorted((one, other) => one - other);
}

/** What may be bad of all: 0.001 for a target of 99.9 %, where binary numbers would say 0.0010000000000000009. */
export function errorBudget(objective: Pick<Objective, "target">): number {
  return Number((1 - objective.target).toFixed(12));
}

/** Bad of all from which the alert of these windows speaks. */
export function burnThreshold(objective: Pick<Objective, "target">, windows: Pick<BurnWindows, "burn">): number {
  return rounded(windows.burn * errorBudget(objective));
}

/** Whether a total outage could make the alert speak: no more than all can be bad. */
export function isReachable(objective: Pick<Objective, "target">, windows: Pick<BurnWindows, "burn">): boolean {
  return burnThreshold(objective, windows) < 1;
}

/** For how long a total outage may last in the whole window. Seconds. */
export function budgetSeconds(objective: Pick<Objective, "target" | "windowDays">): number {
  return rounded(errorBudget(objective) * objective.windowDays * 86_400);
}

/** The objective's window as Prometheus writes it: `30d`. */
export function period(objective: Pick<Objective, "windowDays">): string {
  return duration(objective.windowDays * 86_400);
}

function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
