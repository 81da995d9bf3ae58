import type { Alert } from "../../declaration/alerts";
import { latency, percent, plain } from "./figures";
import { code } from "./markdown";
import { minutes } from "./periods";

/** When an alert speaks, with its figures. The signal stands for what its declaration says it is. */
export function alertCondition(alert: Alert): string {
  return `${state(alert)}${alert.forMinutes === 0 ? ", at once" : `, for ${minutes(alert.forMinutes)}`}`;
}

function state(alert: Alert): string {
  switch (alert.kind) {
    case "latency-above":
      return `p${plain(alert.quantile * 100)} of ${code(alert.signal)} over ${minutes(alert.overMinutes)} is above ${latency(alert.aboveSeconds)} (with at least ${events(alert.minimumEvents)})`;
    case "failures-above":
      return `more than ${percent(alert.above)} of ${code(alert.signal)} failed over ${minutes(alert.overMinutes)} (with at least ${events(alert.minimumEvents)})`;
    case "events-above":
      return alert.above === 0
        ? `there was any event of ${code(alert.signal)} within ${minutes(alert.overMinutes)}`
        : `there were more than ${events(alert.above)} of ${code(alert.signal)} within ${minutes(alert.overMinutes)}`;
    case "down":
      return `no probe of ${code(alert.signal)} succeeds`;
    case "saturation-above":
      return `${code(alert.signal)} is in use to more than ${percent(alert.above)}`;
    case "traffic-drop":
      return `${code(alert.signal)} is ${percent(alert.drop)} or more below the same hour ${list(alert.daysAgo)} days ago (their mean, with at least ${events(alert.minimumEvents)} in the hour)`;
    case "query":
      return [
        `${code(alert.query)} is `,
        [
          ...(alert.above === undefined ? [] : [`above ${plain(alert.above)}`]),
          ...(alert.below === undefined ? [] : [`below ${plain(alert.below)}`]),
        ].join(" or "),
      ].join("");
  }
}

function events(count: number): string {
  return count === 1 ? "1 event" : `${count.toLocaleString("en")} events`;
}

function list(numbers: readonly number[]): string {
  return numbers.length < 2 ? numbers.join("") : `${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
}
