import type { Organization } from "../organization";
import type { Problem } from "../problem";
import { planProblem } from "./plan";

/** What the organization asks of a plan that doesn't give it. */
export function organizationProblems(organization: Organization): readonly Problem[] {
  const { plan, protectDefaultBranches } = organization.github;
  if (protectDefaultBranches !== true) return [];
  const problem = planProblem(
    "organization rulesets",
    plan,
    undefined,
    "drop protectDefaultBranches: every repository has its own rulesets",
  );
  return problem === undefined ? [] : [{ subject: "organization", path: "github.protectDefaultBranches", ...problem }];
}
