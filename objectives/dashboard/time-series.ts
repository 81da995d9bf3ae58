import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import type { Board } from "./board";
import { grafanaText, markdownText } from "./grafana-text";
import { type Limit, thresholds } from "./limits";
import { rangeQuery } from "./query";

export interface TimeSeriesLine {
  readonly promql: string;
  /** Name of the line; `{{label}}` stands for a label's value. */
  readonly legend: string;
  /** @default - of Grafana's palette */
  readonly color?: string;
}

export interface TimeSeriesProps {
  readonly title: string;
  readonly description: string;
  /** Grafana's name of the unit. Source: packages/grafana-data/src/valueFormats/categories.ts in github.com/grafana/grafana */
  readonly unit: string;
  /** @default - the axis has no label */
  readonly axisLabel?: string;
  readonly lines: readonly TimeSeriesLine[];
  /** Lines across the panel. @default - none */
  readonly limits?: readonly Limit[];
  /** Points are at least so far apart, and rates over at least so long. Grafana's duration. */
  readonly minInterval: string;
}

/** Where `$__rate_interval` stands, Grafana asks over the time between two points, and over four scrapes at least: no event falls between points. */
export const RATE_INTERVAL = "$__rate_interval";

/** Lines over time, with limits drawn. Values begin at 0. */
export function timeSeries(board: Board, props: TimeSeriesProps): Panel {
  const { limits = [] } = props;
  const builder = new PanelBuilder()
    .title(grafanaText(props.title, "the panel's title"))
    .description(markdownText(props.description, "the description"))
    .datasource(board.source)
    .interval(props.minInterval)
    .targets(
      props.lines.map(({ promql, legend }, index) => rangeQuery(board, `Q${index + 1}`, promql).legendFormat(legend)),
    )
    .unit(props.unit)
    .min(0)
    .lineWidth(1)
    .fillOpacity(10)
    .showPoints(VisibilityMode.Never)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs(["lastNotNull", "max"]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
  if (props.axisLabel !== undefined) builder.axisLabel(props.axisLabel);
  const [lowest] = limits;
  if (lowest !== undefined) {
    builder
      .thresholds(thresholds("green", limits))
      .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed))
      // The axis follows the values: without this the nearest limit is out of sight while all is well.
      .axisSoftMax(lowest.value * 1.25);
  }
  for (const { legend, color } of props.lines) {
    if (color !== undefined)
      builder.overrideByName(legend, [{ id: "color", value: { mode: "fixed", fixedColor: color } }]);
  }
  return builder.build();
}
