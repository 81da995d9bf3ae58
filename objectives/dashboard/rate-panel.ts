import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { checkedPromql } from "../promql";
import { eventRate } from "../signal-queries";
import { type Board, type PanelOf, signalOfKind } from "./board";
import { RATE_INTERVAL, timeSeries } from "./time-series";

/** Events a second or a minute over time: one line, or one by each value of a label. */
export function ratePanel(board: Board, panel: PanelOf<"rate">): Panel {
  const signal = signalOfKind(board, panel.signal, "events");
  const perSecond = eventRate(signal, board.at.scope.where, RATE_INTERVAL, panel.by);
  return timeSeries(board, {
    title: panel.title,
    description: signal.description,
    unit: "short",
    axisLabel: `per ${panel.per}`,
    lines: [
      {
        promql: panel.per === "second" ? perSecond : checkedPromql(`60 * ${perSecond}`),
        legend: panel.by === undefined ? panel.signal : `{{${panel.by}}}`,
      },
    ],
    minInterval: "1m",
  });
}
