import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { failureRatio } from "../signal-queries";
import { errorBudget } from "../windows";
import { type Board, type PanelOf, signalOfKind } from "./board";
import { limitsOn } from "./limits";
import { RATE_INTERVAL, timeSeries } from "./time-series";

/** Failed of all, with what the objectives allow and where the alerts begin. */
export function failureRatioPanel(board: Board, panel: PanelOf<"failure-ratio">): Panel {
  const signal = signalOfKind(board, panel.signal, "events");
  return timeSeries(board, {
    title: panel.title,
    description: signal.description,
    unit: "percentunit",
    lines: [{ promql: failureRatio(signal, board.at.scope.where, RATE_INTERVAL), legend: "failed", color: "red" }],
    limits: limitsOn(board, panel.signal, errorBudget, (alert) =>
      alert.kind === "failures-above" ? alert.above : undefined,
    ),
    // About as long as alerts look back: with less, one failure among few requests would cross a limit.
    minInterval: "5m",
  });
}
