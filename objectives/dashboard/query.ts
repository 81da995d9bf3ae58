import { DataqueryBuilder, PromQueryFormat, QueryEditorMode } from "@grafana/grafana-foundation-sdk/prometheus";
import type { Board } from "./board";
import { grafanaQuery } from "./grafana-text";

/** Lines over the time that the board shows. */
export function rangeQuery(board: Board, refId: string, promql: string): DataqueryBuilder {
  return query(board, refId, promql).range().format(PromQueryFormat.TimeSeries);
}

/** Values at the end of the time that the board shows. */
export function instantQuery(board: Board, promql: string, format: PromQueryFormat): DataqueryBuilder {
  return query(board, "A", promql).instant().format(format);
}

function query(board: Board, refId: string, promql: string): DataqueryBuilder {
  return new DataqueryBuilder()
    .refId(refId)
    .datasource(board.source)
    .editorMode(QueryEditorMode.Code)
    .expr(grafanaQuery(promql));
}
