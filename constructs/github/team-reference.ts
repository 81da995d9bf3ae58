import { DataGithubTeam } from "@cdktf/provider-github/lib/data-github-team";
import { TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";

/**
 * Numeric id of the team with this slug, looked up when Terraform plans. A team that doesn't exist fails the plan.
 *
 * Each stack asks once per slug, however many places name the team. `summary_only` keeps the look-up at one request; the
 * lists of members and repositories would be one more per hundred each
 * (integrations/terraform-provider-github v6.9.0, `github/data_source_github_team.go`).
 */
export function teamId(scope: Construct, slug: string): number {
  const stack = TerraformStack.of(scope);
  const id = `team-${slug}`;
  const existing = stack.node.tryFindChild(id);
  const team =
    existing instanceof DataGithubTeam ? existing : new DataGithubTeam(stack, id, { slug, summaryOnly: true });
  return Token.asNumber(team.id);
}
