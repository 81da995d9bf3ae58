import { RepositoryRuleset } from "@cdktf/provider-github/lib/repository-ruleset";
import { Construct } from "constructs";
import { type BypassActor, bypassActors } from "./bypass-actor";

export interface BranchNamingProps {
  /** Name of the repository, without its owner. */
  readonly repository: string;
  /** The default branch, which may of course exist. */
  readonly defaultBranch: string;
  /**
   * Patterns of the names that new branches may have, such as `feat/*`; a pattern that ends in `/*` takes further slashes too.
   * Bots that push branches need theirs as well (`dependabot/*`, `renovate/*`).
   */
  readonly allowed: readonly string[];
  /**
   * Whom the rule does not hold for.
   * @default - nobody
   */
  readonly bypass?: readonly BypassActor[] | undefined;
}

/**
 * Branches with other names can't be created: a ruleset that restricts the creation of all branches but these.
 *
 * The rule meant for names, `branch_name_pattern`, is for GitHub Enterprise only; restricting creation works on every plan
 * that has rulesets (https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets).
 */
export class BranchNaming extends Construct {
  constructor(scope: Construct, id: string, props: BranchNamingProps) {
    super(scope, id);
    new RepositoryRuleset(this, "Default", {
      repository: props.repository,
      name: "branch-naming",
      target: "branch",
      enforcement: "active",
      conditions: {
        refName: {
          include: ["~ALL"],
          exclude: [props.defaultBranch, ...props.allowed.flatMap(withDeeperNames)].map((name) => `refs/heads/${name}`),
        },
      },
      bypassActors: bypassActors(this, props.bypass ?? []),
      rules: { creation: true },
    });
  }
}

/**
 * GitHub matches with Ruby's `fnmatch` and `FNM_PATHNAME`: `*` stops at a slash, so `feat/*` is not `feat/cart/totals`
 * (https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository).
 */
function withDeeperNames(pattern: string): string[] {
  return pattern.endsWith("/*") && !pattern.endsWith("**/*") ? [pattern, `${pattern.slice(0, -1)}**/*`] : [pattern];
}
