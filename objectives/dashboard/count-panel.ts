import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { duration } from "../duration";
import { eventCount } from "../signal-queries";
import { type Board, type PanelOf, signalOfKind } from "./board";
import { singleNumber } from "./single-number";

/** How many events there were in the last hours. */
export function countPanel(board: Board, panel: PanelOf<"count">): Panel {
  const signal = signalOfKind(board, panel.signal, "events");
  return singleNumber(board, {
    title: panel.title,
    description: signal.description,
    unit: "short",
    decimals: 0,
    promql: eventCount(signal, board.at.scope.where, duration(panel.hours * 3600)),
  });
}
