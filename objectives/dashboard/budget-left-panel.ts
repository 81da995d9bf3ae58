import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/gauge";
import { PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { budgetLeft } from "../budget";
import type { Board, PanelOf } from "./board";
import { grafanaText, markdownText } from "./grafana-text";
import { thresholds } from "./limits";
import { promised } from "./promise";
import { instantQuery } from "./query";
import { rounded } from "./rounded";
import { lastValue } from "./single-number";

/** Shares of the budget that are used when it turns yellow and red, unless the objective says others. */
const USED = { yellowFrom: 0.5, redFrom: 0.8 };

/** How much of an objective's error budget is left: green, yellow, red. */
export function budgetLeftPanel(board: Board, panel: PanelOf<"budget-left">): Panel {
  const { objective, series, words } = promised(board, panel.objective);
  const { yellowFrom, redFrom } = objective.budget ?? USED;
  const colors = [
    { value: rounded(1 - redFrom), color: "yellow" },
    { value: rounded(1 - yellowFrom), color: "green" },
  ];
  return new PanelBuilder()
    .title(grafanaText(panel.title, "the panel's title"))
    .description(markdownText(words, "the description"))
    .datasource(board.source)
    .targets([instantQuery(board, budgetLeft(objective, series), PromQueryFormat.TimeSeries)])
    .unit("percentunit")
    .decimals(1)
    .min(0)
    .max(1)
    .thresholds(thresholds("red", colors))
    .reduceOptions(lastValue())
    .build();
}
