import { TableSortByFieldStateBuilder } from "@grafana/grafana-foundation-sdk/common";
import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/table";
import type { Board, PanelOf } from "./board";
import { grafanaText, markdownText } from "./grafana-text";
import { instantQuery } from "./query";
import { runningSince } from "./running-versions";

/** How far back a deployment is looked for. Days. */
const LOOK_BACK_DAYS = 30;

/** Since when which commit has been running, the newest first. */
export function lastDeploymentPanel(board: Board, panel: PanelOf<"last-deployment">): Panel {
  const { deployments } = board.at.telemetry;
  if (deployments === undefined) {
    throw new Error("telemetry.deployments is not declared; name the series that exist for each running version");
  }
  const windowDays = Math.min(LOOK_BACK_DAYS, board.at.dataSource.retentionDays);
  const about = `What runs, and since when. What has been running for longer than ${windowDays} days is shown with that.`;
  return new PanelBuilder()
    .title(grafanaText(panel.title, "the panel's title"))
    .description(markdownText(about, "the description"))
    .datasource(board.source)
    .targets([instantQuery(board, runningSince(deployments, board.at.scope.where, windowDays), PromQueryFormat.Table)])
    .withTransformation({
      id: "organize",
      options: {
        excludeByName: { Time: true },
        indexByName: { Value: 0, [deployments.sha]: 1 },
        renameByName: { Value: "Deployed", [deployments.sha]: "Commit" },
      },
    })
    .overrideByName("Deployed", [{ id: "unit", value: "dateTimeAsIso" }])
    .sortBy([new TableSortByFieldStateBuilder().displayName("Deployed").desc(true)])
    .build();
}
