import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { attainment } from "../budget";
import type { Board, PanelOf } from "./board";
import { promised } from "./promise";
import { rounded } from "./rounded";
import { singleNumber } from "./single-number";

/** Good of all over an objective's window, red below its target. */
export function attainmentPanel(board: Board, panel: PanelOf<"attainment">): Panel {
  const { objective, series, words } = promised(board, panel.objective);
  return singleNumber(board, {
    title: panel.title,
    description: words,
    unit: "percentunit",
    // One digit more than the target: 99.95 % is seen to be above 99.9 %.
    decimals: digitsAfterPoint(rounded(objective.target * 100)) + 1,
    promql: attainment(objective, series),
    colors: { base: "red", limits: [{ value: objective.target, color: "green" }] },
  });
}

function digitsAfterPoint(value: number): number {
  return String(value).split(".")[1]?.length ?? 0;
}
