import { GitHubPlan, type PlanFeature, planFeature, Visibility } from "../github-plan";
import type { Problem } from "../problem";

/**
 * The problem of asking for a feature that the plan does not give to repositories of that visibility; undefined when it does.
 * @param visibility undefined for a feature of the organization as a whole
 * @param otherwise what to do when neither plan nor visibility can change
 * @param licenses products that the organization bought
 */
export function planProblem(
  feature: PlanFeature,
  plan: GitHubPlan,
  visibility: Visibility | undefined,
  otherwise: string,
  licenses: readonly string[] = [],
): Omit<Problem, "subject" | "path"> | undefined {
  // A plan or visibility that doesn't exist is a mistake of its own and allows nothing to be said here.
  if (!GitHubPlan.safeParse(plan).success || !Visibility.safeParse(visibility ?? "public").success) return undefined;
  const verdict = planFeature(feature, plan, visibility ?? "public");
  const of = visibility === undefined ? "" : ` for ${visibility === "internal" ? "an" : "a"} ${visibility} repository`;
  if (verdict.available) {
    if (verdict.license === undefined || licenses.includes(verdict.license)) return undefined;
    return {
      came: `${feature}${of} without the product "${verdict.license}"`,
      expected: `the product "${verdict.license}", which GitHub sells beside the plan`,
      remedy: `make the repository public, buy it and add it to github.licenses in services/organization.ts, or ${otherwise}`,
      source: verdict.source,
    };
  }
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
