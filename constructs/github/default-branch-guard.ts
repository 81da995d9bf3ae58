import { OrganizationRuleset } from "@cdktf/provider-github/lib/organization-ruleset";
import { Construct } from "constructs";

/**
 * One ruleset of the organization: nobody deletes or force-pushes the default branch of any of its repositories, declared or not. Repositories'
 * own rulesets add to it. GitHub Team and Enterprise only.
 */
export class DefaultBranchGuard extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new OrganizationRuleset(this, "Default", {
      name: "default-branches",
      target: "branch",
      enforcement: "active",
      conditions: {
        refName: { include: ["~DEFAULT_BRANCH"], exclude: [] },
        repositoryName: { include: ["~ALL"], exclude: [] },
      },
      rules: { deletion: true, nonFastForward: true },
    });
  }
}
