import type { Objective } from "./objectives";

/** One alert that an objective has on how fast its error budget burns. */
export interface BurnAlert {
  /** A page wakes somebody; a ticket is looked at within working hours. */
  readonly answer: "page" | "ticket";
  /** Share of the whole budget that is gone when it speaks. */
  readonly budgetShare: number;
  /** Window in which that share was used. Hours. */
  readonly longHours: number;
  /** It must still be burning in this window, so that the alert ends when the burning does. Minutes. */
  readonly shortMinutes: number;
}

/**
 * The multi-window, multi-burn-rate alerts of the SRE workbook. Windows are the same for every period of an objective; how many times faster
 * than evenly the budget burns follows from the share (`burnRate`).
 * https://sre.google/workbook/alerting-on-slos/#6-multiwindow-multi-burn-rate-alerts
 */
export const BURN_ALERTS: readonly BurnAlert[] = [
  { answer: "page", budgetShare: 0.02, longHours: 1, shortMinutes: 5 },
  { answer: "page", budgetShare: 0.05, longHours: 6, shortMinutes: 30 },
  { answer: "ticket", budgetShare: 0.1, longHours: 24, shortMinutes: 120 },
  { answer: "ticket", budgetShare: 0.1, longHours: 72, shortMinutes: 360 },
];

/**
 * Of 7 days these shares would be burn rates of 3.4, 1.4, 0.7 and 0.2: a service within its objective would get tickets. So shares are those
 * that Sloth has for 7 days: 13.4, 3.5, 1.4 and 0.98 times. https://github.com/slok/sloth/blob/main/examples/windows/7d.yaml
 */
const SHARES_OF_A_WEEK: readonly number[] = [0.08, 0.125, 0.2, 0.42];

/** The burn alerts of an objective over so many days. */
export function burnAlerts(windowDays: number): readonly BurnAlert[] {
  if (windowDays !== 7) return BURN_ALERTS;
  return BURN_ALERTS.map((alert, index) => ({ ...alert, budgetShare: SHARES_OF_A_WEEK[index] ?? alert.budgetShare }));
}

/** How many times faster than evenly over its window an objective's budget burns when such an alert speaks: 14.4 for 2 % of 30 days in an hour. */
export function burnRate(alert: BurnAlert, windowDays: number): number {
  return (alert.budgetShare * windowDays * 24) / alert.longHours;
}

/** Shares of the budget used from which it is yellow, and red: what the objective says, else half and four fifths. */
export function budgetStates(objective: Pick<Objective, "budget">): NonNullable<Objective["budget"]> {
  return objective.budget ?? { yellowFrom: 0.5, redFrom: 0.8 };
}
