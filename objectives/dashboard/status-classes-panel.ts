import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { type StatusClass, statusClassRate } from "../signal-queries";
import { type Board, type PanelOf, signalOfKind } from "./board";
import { RATE_INTERVAL, timeSeries } from "./time-series";

const COLORS: Readonly<Record<StatusClass, string>> = { "2xx": "green", "3xx": "blue", "4xx": "orange", "5xx": "red" };

/** Events a second by the class of their status. */
export function statusClassesPanel(board: Board, panel: PanelOf<"status-classes">): Panel {
  const signal = signalOfKind(board, panel.signal, "events");
  return timeSeries(board, {
    title: panel.title,
    description: signal.description,
    unit: "short",
    axisLabel: "per second",
    lines: (Object.keys(COLORS) as StatusClass[]).map((statusClass) => ({
      promql: statusClassRate(signal, board.at.scope.where, RATE_INTERVAL, statusClass),
      legend: statusClass,
      color: COLORS[statusClass],
    })),
    minInterval: "1m",
  });
}
