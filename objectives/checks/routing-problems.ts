import { show } from "../../declaration/problem";
import { SEVERITIES, type Severity } from "../../declaration/telemetry";
import { capped, OBJECTIVE_SEVERITIES, teamOf } from "../rule-routing";
import type { Observed, Reported } from "./reported";

/** Alerts of a severity that the organization's routes send to nobody; each team and severity is said once. */
export function routingProblems({ service, telemetry, routes }: Observed): readonly Reported[] {
  const sent: (readonly [path: readonly PropertyKey[], role: string, severity: Severity])[] = [];
  for (const [key, { owner }] of Object.entries(service.objectives ?? {})) {
    for (const severity of Object.values(OBJECTIVE_SEVERITIES)) sent.push([["objectives", key], owner, severity]);
  }
  for (const [name, { owner, severity }] of Object.entries(service.alerts ?? {})) {
    sent.push([["alerts", name, "severity"], owner, severity]);
  }
  const problems = new Map<string, Reported>();
  for (const [stage, scope] of Object.entries(telemetry.stages)) {
    if (!scope.notify) continue;
    for (const [path, role, declared] of sent) {
      const severity = capped(declared, scope);
      const team = teamOf(service, role);
      const key = `${team} ${severity}`;
      if (routes[team]?.[severity] !== undefined || problems.has(key)) continue;
      const routed = SEVERITIES.filter((each) => routes[team]?.[each] !== undefined);
      problems.set(key, {
        path,
        came: `an alert of severity "${severity}" in ${show(stage)}, which routes to nobody of the team ${show(team)}`,
        expected:
          routed.length === 0
            ? `a route of the team ${show(team)}, which has none`
            : `one of the severities that ${show(team)} has a route for: ${routed.map((each) => show(each)).join(", ")}`,
        remedy: `add grafana.routes.${team}.${severity} to services/organization.ts`,
      });
    }
  }
  return [...problems.values()];
}
