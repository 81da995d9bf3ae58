import {
  DashboardBuilder,
  DashboardCursorSync,
  type Panel as GrafanaPanel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Panel } from "../declaration/dashboard";
import type { Organization } from "../declaration/organization";
import { show } from "../declaration/problem";
import type { Service } from "../declaration/service";
import { deploymentMarks, firingAlerts } from "./dashboard/annotations";
import { attainmentPanel } from "./dashboard/attainment-panel";
import { type Board, boardOf, shownSignal } from "./dashboard/board";
import { budgetLeftPanel } from "./dashboard/budget-left-panel";
import { countPanel } from "./dashboard/count-panel";
import { failureRatioPanel } from "./dashboard/failure-ratio-panel";
import { lastDeploymentPanel } from "./dashboard/last-deployment-panel";
import { latencyPanel } from "./dashboard/latency-panel";
import { layOut, type PanelSize } from "./dashboard/layout";
import { ratePanel } from "./dashboard/rate-panel";
import { saturationPanel } from "./dashboard/saturation-panel";
import { sortedJson } from "./dashboard/sorted-json";
import { statusClassesPanel } from "./dashboard/status-classes-panel";
import { duration } from "./duration";
import { dashboardUid } from "./names";
import { observedStage } from "./observed-stage";

export interface SignalsDashboard {
  /** For `config_json` of `grafana_dashboard`: keys in order, without the `id` and `version` that Grafana gives. */
  readonly json: string;
  /** Id of the first panel that shows a signal or an objective on it, by the signal's key; for the alerts on it. */
  readonly panelIds: ReadonlyMap<string, number>;
}

const SIZE: Readonly<Record<Panel["kind"], PanelSize>> = {
  rate: "wide",
  "status-classes": "wide",
  "failure-ratio": "wide",
  latency: "wide",
  saturation: "wide",
  "last-deployment": "wide",
  count: "small",
  "budget-left": "small",
  attainment: "small",
};

/**
 * The golden-signals board of one stage. Its panels have the ids 1, 2, 3 … in declared order.
 *
 * @throws Error when the service has no dashboard or no telemetry of the stage, or a panel can't be made; the message says which
 */
export function signalsDashboard(service: Service, stage: string, organization: Organization): SignalsDashboard {
  const { dashboard } = service;
  if (dashboard === undefined) {
    throw new Error(`service ${show(service.name)} declares no dashboard; declare one, or make none for it`);
  }
  const board = boardOf(observedStage(service, stage, organization));
  const panels = Object.entries(dashboard.panels);
  const places = layOut(panels.map(([, panel]) => SIZE[panel.kind]));
  const panelIds = new Map<string, number>();

  const builder = new DashboardBuilder(`${service.name} · ${stage}`)
    .uid(dashboardUid(service.name, stage))
    .description(`Made by Gatehouse from services/${service.name}.ts: change that, since changes here are undone.`)
    .tags(["gatehouse", service.name, stage])
    .readonly()
    // As the tags of deployments and the logs of workflows: two people who read a time read the same one.
    .timezone("utc")
    .refresh(duration(dashboard.refreshSeconds))
    .time({ from: `now-${dashboard.hours}h`, to: "now" })
    .tooltip(DashboardCursorSync.Crosshair);

  const built = panels.map(([key, panel], index): GrafanaPanel => {
    const id = index + 1;
    const signal = shownSignal(board, panel);
    if (signal !== undefined && !panelIds.has(signal)) panelIds.set(signal, id);
    const place = places[index];
    return { ...inContext(service, key, () => grafanaPanel(board, panel)), id, ...(place && { gridPos: place }) };
  });
  const annotations = { list: [firingAlerts(), ...deploymentMarks(board)] };
  return { json: sortedJson({ ...builder.build(), annotations, panels: built }), panelIds };
}

function grafanaPanel(board: Board, panel: Panel): GrafanaPanel {
  switch (panel.kind) {
    case "rate":
      return ratePanel(board, panel);
    case "status-classes":
      return statusClassesPanel(board, panel);
    case "failure-ratio":
      return failureRatioPanel(board, panel);
    case "latency":
      return latencyPanel(board, panel);
    case "saturation":
      return saturationPanel(board, panel);
    case "count":
      return countPanel(board, panel);
    case "budget-left":
      return budgetLeftPanel(board, panel);
    case "attainment":
      return attainmentPanel(board, panel);
    case "last-deployment":
      return lastDeploymentPanel(board, panel);
  }
}

function inContext<T>(service: Service, key: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new Error(
      `service ${show(service.name)}, dashboard.panels.${key}: ${error instanceof Error ? error.message : error}`,
    );
  }
}
