import { div, n, sub } from "@grafana/promql-builder";
import type { Objective } from "../declaration/objectives";
import type { Query } from "./event-counts";
import type { ObjectiveSeries } from "./objective-series";
import { finished } from "./promql";
import { errorBudget, period } from "./windows";

/**
 * How much of an objective's budget is gone, left, and what the objective attained, over its whole window: all bad of all events of the window.
 * Averages of ratios would weigh a quiet night like a busy day. Without an event nothing is spent: 0, 1 and 1; nothing without series.
 */

/** Share of the budget that is gone; above 1 once more than all of it is. */
export function budgetConsumed(objective: Objective, source: ObjectiveSeries): string {
  return finished(consumed(objective, source));
}

/** Share of the budget that is left: 1 when nothing was bad, 0 when it is used up, below 0 when overdrawn. */
export function budgetLeft(objective: Objective, source: ObjectiveSeries): string {
  return finished(sub(n(1), consumed(objective, source)));
}

/** Good of all, 0 to 1: what is compared with the target. */
export function attainment(objective: Objective, source: ObjectiveSeries): string {
  return finished(sub(n(1), source.ratioOrZero(period(objective))));
}

function consumed(objective: Objective, source: ObjectiveSeries): Query {
  return div(source.ratioOrZero(period(objective)), n(errorBudget(objective)));
}
