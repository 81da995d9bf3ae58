import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/stat";
import type { Board } from "./board";
import { grafanaText, markdownText } from "./grafana-text";
import { type Limit, thresholds } from "./limits";
import { instantQuery } from "./query";

export interface SingleNumberProps {
  readonly title: string;
  readonly description: string;
  /** Grafana's name of the unit. */
  readonly unit: string;
  readonly decimals: number;
  readonly promql: string;
  /** Color below the first limit, and limits from which the number has another. @default - the color of text */
  readonly colors?: { readonly base: string; readonly limits: readonly Limit[] };
}

/** One number, as it is at the end of the time that the board shows. */
export function singleNumber(board: Board, props: SingleNumberProps): Panel {
  const { colors } = props;
  return new PanelBuilder()
    .title(grafanaText(props.title, "the panel's title"))
    .description(markdownText(props.description, "the description"))
    .datasource(board.source)
    .targets([instantQuery(board, props.promql, PromQueryFormat.TimeSeries)])
    .unit(props.unit)
    .decimals(props.decimals)
    .thresholds(thresholds(colors?.base ?? "text", colors?.limits ?? []))
    .colorMode(colors === undefined ? BigValueColorMode.None : BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.None)
    .textMode(BigValueTextMode.Value)
    .reduceOptions(lastValue())
    .build();
}

export function lastValue(): ReduceDataOptionsBuilder {
  return new ReduceDataOptionsBuilder().values(false).calcs(["lastNotNull"]);
}
