import { ThresholdsConfigBuilder, ThresholdsMode } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Alert } from "../../declaration/alerts";
import type { Objective } from "../../declaration/objectives";
import { SEVERITIES, type Severity } from "../../declaration/telemetry";
import { capped } from "../rule-routing";
import type { Board } from "./board";

/** A line across a panel. */
export interface Limit {
  /** In the panel's unit. */
  readonly value: number;
  readonly color: string;
}

const OBJECTIVE_COLOR = "yellow";
const SEVERITY_COLORS: Readonly<Record<Severity, string>> = {
  info: "blue",
  warning: "orange",
  critical: "red",
  page: "dark-red",
};
/** From the line that yields to the one that stays where two have the same value. */
const RANK = [OBJECTIVE_COLOR, ...SEVERITIES.toReversed().map((severity) => SEVERITY_COLORS[severity])];

/**
 * Lines of the objectives and alerts on a signal, the lowest first, one a value; alerts in the color of the severity that they have in the stage.
 *
 * @param ofObjective where an objective on the signal draws its line; undefined when it draws none
 * @param ofAlert the same of an alert
 */
export function limitsOn(
  { at }: Board,
  signal: string,
  ofObjective: (objective: Objective) => number | undefined,
  ofAlert: (alert: Alert) => number | undefined,
): readonly Limit[] {
  const limits: Limit[] = [];
  for (const objective of Object.values(at.service.objectives ?? {})) {
    const value = objective.signal === signal ? ofObjective(objective) : undefined;
    if (value !== undefined) limits.push({ value, color: OBJECTIVE_COLOR });
  }
  for (const alert of Object.values(at.service.alerts ?? {})) {
    const value = "signal" in alert && alert.signal === signal ? ofAlert(alert) : undefined;
    if (value !== undefined) limits.push({ value, color: SEVERITY_COLORS[capped(alert.severity, at.scope)] });
  }
  limits.sort((one, other) => one.value - other.value || RANK.indexOf(one.color) - RANK.indexOf(other.color));
  return limits.filter(({ value }, index) => limits[index + 1]?.value !== value);
}

/** Colors from the lowest value on, as Grafana takes them. */
export function thresholds(base: string, limits: readonly Limit[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([{ value: null, color: base }, ...limits.map(({ value, color }) => ({ value, color }))]);
}
