import type { Dashboard as GrafanaDashboard, Panel as GrafanaPanel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Dataquery } from "@grafana/grafana-foundation-sdk/prometheus";
import type { Dashboard, Panel } from "../../../declaration/dashboard";
import type { Service } from "../../../declaration/service";
import { signalsDashboard } from "../../../objectives/signals-dashboard";
import { organization } from "../../../services/organization";
import { relay } from "../../../services/relay";
import { type Changes, changed } from "../../declaration/change";

/** A panel of each kind, on signals of `relayWith`. */
export const EVERY_KIND: Readonly<Record<string, Panel>> = {
  rate: { kind: "rate", title: "Requests per second", signal: "requests", per: "second" },
  classes: { kind: "status-classes", title: "Requests by status", signal: "requests" },
  failures: { kind: "failure-ratio", title: "Error rate", signal: "requests" },
  latency: { kind: "latency", title: "Light endpoints", signal: "light", quantiles: [0.5, 0.999] },
  saturation: { kind: "saturation", title: "Postgres connections", signal: "database" },
  deployments: { kind: "last-deployment", title: "What runs" },
  count: { kind: "count", title: "Requests (6 h)", signal: "requests", hours: 6 },
  budget: { kind: "budget-left", title: "Budget of light requests", objective: "light-latency" },
  attained: { kind: "attainment", title: "Availability", objective: "availability" },
};

/** relay with other panels; its requests name their status. */
export function relayWith(panels: Readonly<Record<string, Panel>>, changes: Changes = {}): Service {
  const { refreshSeconds, hours } = relay.dashboard as Dashboard;
  const told = { "telemetry.signals.requests.status": "code", ...changes };
  return { ...changed<Service>(relay, told), dashboard: { panels, refreshSeconds, hours } };
}

/** A panel as it is in the JSON. */
export interface BuiltPanel extends Omit<GrafanaPanel, "targets"> {
  readonly targets: readonly Dataquery[];
}

export interface BuiltBoard extends Omit<GrafanaDashboard, "panels"> {
  readonly panels: readonly BuiltPanel[];
}

export function builtBoard(service: Service = relay, stage = "production"): BuiltBoard {
  return JSON.parse(signalsDashboard(service, stage, organization).json);
}

/** The panel with a title. */
export function panelTitled(board: BuiltBoard, title: string): BuiltPanel {
  const panel = board.panels.find((each) => each.title === title);
  if (panel === undefined) throw new Error(`the board has no panel "${title}"`);
  return panel;
}

/** Limits that are drawn in a panel, or colors of its number: value and color of each. */
export function limitsOf(panel: BuiltPanel): readonly (readonly [number | null, string])[] {
  return (panel.fieldConfig?.defaults.thresholds?.steps ?? []).map(({ value, color }) => [value, color] as const);
}
