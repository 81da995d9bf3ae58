import type { RepositoryRulesetBypassActors } from "@cdktf/provider-github/lib/repository-ruleset";
import type { Construct } from "constructs";
import { teamId } from "./team-reference";

/** When an actor may pass a ruleset by: at any push, only by merging a pull request, or always and unrecorded (`exempt`). */
export type BypassMode = "always" | "pull_request" | "exempt";

/** Somebody a ruleset does not hold for. */
export type BypassActor =
  | { readonly type: "Team"; readonly team: string; readonly mode: BypassMode }
  | { readonly type: "RepositoryRole" | "Integration"; readonly id: number; readonly mode: BypassMode }
  | { readonly type: "OrganizationAdmin" | "DeployKey"; readonly mode: BypassMode };

/**
 * GitHub has one organization-admin role and no id for it; the provider wants 1 and shows a difference for ever otherwise
 * (integrations/terraform-provider-github v6.9.0, `github/resource_github_repository_ruleset.go`, `actor_id`).
 */
const ORGANIZATION_ADMIN_ID = 1;

/** The actors in an order that depends on nothing but who they are: the provider keeps them as a list. */
export function bypassActors(scope: Construct, actors: readonly BypassActor[]): RepositoryRulesetBypassActors[] {
  return [...actors]
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
    .map((actor) => ({ ...actorId(scope, actor), actorType: actor.type, bypassMode: actor.mode }));
}

function actorId(scope: Construct, actor: BypassActor): { actorId?: number } {
  switch (actor.type) {
    case "Team":
      return { actorId: teamId(scope, actor.team) };
    case "RepositoryRole":
    case "Integration":
      return { actorId: actor.id };
    case "OrganizationAdmin":
      return { actorId: ORGANIZATION_ADMIN_ID };
    case "DeployKey":
      return {};
  }
}

function sortKey(actor: BypassActor): string {
  const who = "team" in actor ? actor.team : "id" in actor ? String(actor.id).padStart(12, "0") : "";
  return `${actor.type}\n${who}\n${actor.mode}`;
}
