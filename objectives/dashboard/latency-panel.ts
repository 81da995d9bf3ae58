import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { latencyQuantile } from "../signal-queries";
import { type Board, type PanelOf, signalOfKind } from "./board";
import { limitsOn } from "./limits";
import { rounded } from "./rounded";
import { RATE_INTERVAL, timeSeries } from "./time-series";

/** Quantiles of a duration, with what the objectives ask for and where the alerts begin. */
export function latencyPanel(board: Board, panel: PanelOf<"latency">): Panel {
  const signal = signalOfKind(board, panel.signal, "latency");
  return timeSeries(board, {
    title: panel.title,
    description: signal.description,
    unit: "s",
    lines: panel.quantiles.map((quantile) => ({
      promql: latencyQuantile(signal, board.at.scope.where, quantile, RATE_INTERVAL),
      legend: `p${rounded(quantile * 100)}`,
    })),
    limits: limitsOn(
      board,
      panel.signal,
      ({ thresholdSeconds }) => thresholdSeconds,
      (alert) => (alert.kind === "latency-above" ? alert.aboveSeconds : undefined),
    ),
    // About as long as alerts look back: a quantile of few observations says little.
    minInterval: "5m",
  });
}
