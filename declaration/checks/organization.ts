import type { Organization } from "../organization";
import type { Problem } from "../problem";
import { planProblem } from "./plan";

/** What the organization asks of a plan that doesn't give it, or of an account that it hasn't. */
export function organizationProblems(organization: Organization): readonly Problem[] {
  return [...guardProblems(organization), ...auditProblems(organization)];
}

function auditProblems({ audit, cloudflare }: Organization): readonly Problem[] {
  if (audit?.bucket === undefined || audit.directory !== undefined || cloudflare !== undefined) return [];
  return [
    {
      subject: "organization",
      path: "audit.bucket",
      came: "a bucket, and no account to make it in",
      expected: "cloudflare.accountId, where there is a bucket",
      remedy: "declare cloudflare, or keep the trail in a directory",
    },
  ];
}

function guardProblems(organization: Organization): readonly Problem[] {
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
