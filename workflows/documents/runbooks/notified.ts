import type { Severity, Telemetry } from "../../../declaration/telemetry";
import { code } from "../markdown";
import { teamMention } from "../team-mention";
import type { RunbookSource } from "./runbook-source";

/** Who is told of something that a role owns. */
export function notified(role: string, { service, organization }: RunbookSource): string {
  return `${code(role)} (${code(teamMention(role, service, organization))})`;
}

/** By which contact point a team is told of alerts of a severity; empty when the organization says nothing of it. */
export function contactPoint(role: string, severity: Severity, { service, organization }: RunbookSource): string {
  const team = service.owners[role]?.team;
  const { grafana } = organization;
  if (team === undefined || grafana === undefined) return "";
  return code(grafana.routes[team]?.[severity] ?? grafana.fallback);
}

/** In which stages the service's alerts are sent to people, and how loud they are there. */
export function stagesInWords({ stages }: Telemetry): string {
  return Object.entries(stages)
    .map(([stage, scope]) => {
      if (!scope.notify) return `${code(stage)}: seen, not sent`;
      return scope.mostSevere === undefined
        ? `${code(stage)}: sent`
        : `${code(stage)}: sent as ${scope.mostSevere} at most`;
    })
    .join("; ");
}
