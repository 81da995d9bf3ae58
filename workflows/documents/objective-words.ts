import { type BurnAlert, burnRate } from "../../declaration/burn-alerts";
import { GATE_MINUTES, type Objective } from "../../declaration/objectives";
import type { Signal } from "../../declaration/telemetry";
import { latency, percent, plain, time } from "./figures";
import { code } from "./markdown";
import { days, minutes } from "./periods";
import { series, withLabels } from "./series";

/** An example as big as people can picture. */
const EXAMPLE = 1_000_000;

/** The promise by its figures: `99.9 % over 30 days`. */
export function promise({ target, windowDays }: Objective): string {
  return `${percent(target)} over ${days(windowDays)}`;
}

/** What the promise leaves for failures, in the unit that the signal counts. */
export function budget({ target, windowDays }: Objective, signal: Signal): string {
  const share = 1 - target;
  const downtime = time(share * windowDays * 86_400);
  if (signal.kind === "probe") return `${downtime} without an answer (${percent(share)} of the probes)`;
  if (signal.kind === "saturation") return `${downtime} above the limit`;
  const bad = signal.kind === "latency" ? "may be slower" : "may fail";
  const example = plain(Math.round(share * EXAMPLE)).replace(/\B(?=(?:\d{3})+$)/g, ",");
  return `${percent(share)} of the events ${bad}: ${example} of every 1,000,000; as much as ${downtime} in which nothing succeeds, with even traffic`;
}

/** How it is measured: which series count, and what is bad. */
export function measured(objective: Objective, signal: Signal): string {
  switch (signal.kind) {
    case "probe":
      return `${PROBES[signal.source]}${withLabels(signal.where)}. A probe without success is bad.`;
    case "events": {
      const { total, bad, good } = signal;
      const told =
        bad !== undefined
          ? `Bad are ${series(bad)}.`
          : good === undefined
            ? "It is a count only."
            : `Good are ${series(good)}, the others bad.`;
      return `Events are ${series(total)}. ${told}`;
    }
    case "latency": {
      const limit = objective.thresholdSeconds === undefined ? "the threshold" : latency(objective.thresholdSeconds);
      return `Events are what the ${signal.histogram} histogram ${series(signal)} counts, in ${signal.unit}. Bad is what takes longer than ${limit}.`;
    }
    case "saturation": {
      const limit = objective.limit === undefined ? "the limit" : percent(objective.limit);
      return `${series(signal.used)} as a share of ${series(signal.capacity)}. Time above ${limit} is bad.`;
    }
  }
}

const PROBES = {
  up: "Prometheus' own scrapes",
  blackbox: "Probes of the blackbox exporter",
  synthetic: "Checks of Grafana's synthetic monitoring",
} as const;

/**
 * Which bounds the histogram behind a latency objective must have, in its own unit; whoever makes it reads them here. Nothing for a native
 * histogram, which chooses its own, and for other signals.
 */
export function bucketBounds({ thresholdSeconds }: Objective, signal: Signal): readonly string[] {
  if (signal.kind !== "latency" || signal.buckets === undefined) return [];
  const bounds = signal.buckets.map((seconds) => {
    const bound = code(plain(signal.unit === "milliseconds" ? seconds * 1000 : seconds));
    return seconds === thresholdSeconds ? `**${bound} (the promise)**` : bound;
  });
  return [
    `${code(`${signal.metric}_bucket`)} must have these upper bounds (\`le\`, in ${signal.unit}), in every version that runs: ${bounds.join(", ")}.`,
  ];
}

/** How far the gate looks back. */
export function gateWindow({ gateMinutes = GATE_MINUTES }: Objective): string {
  return `looks back ${minutes(gateMinutes)}`;
}

/** When a burn alert speaks, with the figures of this objective. */
export function burnCondition(alert: BurnAlert, { target, windowDays }: Objective): string {
  const burn = burnRate(alert, windowDays);
  const ratio = burn * (1 - target);
  return `${percent(alert.budgetShare)} of the budget in ${time(alert.longHours * 3600)}: more than ${percent(Number(ratio.toPrecision(3)))} bad over ${time(alert.longHours * 3600)} and over the last ${time(alert.shortMinutes * 60)} (burn rate ${plain(Number(burn.toPrecision(4)))})`;
}

/** Below how many events nothing is said. */
export function guard({ minimumEvents }: Objective): string {
  return minimumEvents === 1
    ? ""
    : `With fewer than ${minimumEvents.toLocaleString("en")} events in a window no alert speaks.`;
}

/** Panels of the dashboard that show the objective, by title. */
export function panelsOf(
  name: string,
  objective: Objective,
  panels: Readonly<
    Record<
      string,
      { readonly kind: string; readonly title: string; readonly signal?: string; readonly objective?: string }
    >
  >,
): string {
  const shown = Object.values(panels).filter(
    (panel) => panel.objective === name || (panel.objective === undefined && panel.signal === objective.signal),
  );
  return shown.map(({ title }) => code(title)).join(", ");
}
