import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { saturation } from "../signal-queries";
import { type Board, type PanelOf, signalOfKind } from "./board";
import { limitsOn } from "./limits";
import { timeSeries } from "./time-series";

/** How full something is over time, with the limits of objectives and alerts. */
export function saturationPanel(board: Board, panel: PanelOf<"saturation">): Panel {
  const signal = signalOfKind(board, panel.signal, "saturation");
  return timeSeries(board, {
    title: panel.title,
    description: signal.description,
    unit: "percentunit",
    lines: [{ promql: saturation(signal, board.at.scope.where), legend: "in use" }],
    limits: limitsOn(
      board,
      panel.signal,
      ({ limit }) => limit,
      (alert) => (alert.kind === "saturation-above" ? alert.above : undefined),
    ),
    minInterval: "1m",
  });
}
