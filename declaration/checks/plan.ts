import { type GitHubPlan, type PlanFeature, planFeature, type Visibility } from "../github-plan";
import type { Problem } from "../problem";

/**
 * The problem of asking for a feature that the plan does not give to repositories of that visibility; undefined when it does.
 * @param visibility undefined for a feature of the organization as a whole
 * @param otherwise what to do when neither plan nor visibility can change
 */
export function planProblem(
  feature: PlanFeature,
  plan: GitHubPlan,
  visibility: Visibility | undefined,
  otherwise: string,
): Omit<Problem, "subject" | "path"> | undefined {
  const verdict = planFeature(feature, plan, visibility ?? "public");
  if (verdict.available) return undefined;
  const of = visibility === undefined ? "" : ` for a ${visibility} repository`;
  const plans = verdict.plans.map((name) => `"${name}"`).join(" or ");
  const publicHasIt =
    visibility !== undefined && visibility !== "public" && planFeature(feature, plan, "public").available;
  return {
    came: `${feature}${of} on the GitHub plan "${plan}"`,
    expected: plans === "" ? `${feature} only where GitHub has them: never${of}` : `the GitHub plan ${plans}`,
    remedy: `${publicHasIt ? "make the repository public, change the plan, or " : ""}${otherwise}`,
    source: verdict.source,
  };
}
