import { show } from "../declaration/problem";
import type { Service } from "../declaration/service";
import { type Scope, SEVERITIES, type Severity } from "../declaration/telemetry";

/** How severe the alerts of an objective are: see `objectiveRules`. */
export const OBJECTIVE_SEVERITIES = {
  page: "page",
  ticket: "warning",
  absent: "critical",
} as const satisfies Record<string, Severity>;

/** A severity, or the one that the stage caps it to. */
export function capped(severity: Severity, { mostSevere }: Pick<Scope, "mostSevere">): Severity {
  if (mostSevere === undefined) return severity;
  return SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(mostSevere) ? mostSevere : severity;
}

/** Slug of the team that plays a role. Throws when nobody does: declarations are checked for that before. */
export function teamOf(service: Pick<Service, "name" | "owners">, role: string): string {
  const owner = service.owners[role];
  if (owner === undefined) throw new Error(`service ${show(service.name)} has no role ${show(role)} in owners`);
  return owner.team;
}
