import type { Organization } from "../organization";
import { didYouMean, oneOf, type Problem, show } from "../problem";

/** Clusters have a team that exists, and are reached each by a context of its own. */
export function clustersProblems({ clusters = {}, teams }: Organization): readonly Problem[] {
  const problems: Problem[] = [];
  const contexts = new Map<string, string>();
  for (const [name, { context, team }] of Object.entries(clusters)) {
    const report = (key: string, problem: Omit<Problem, "subject" | "path">) =>
      problems.push({ subject: "organization", path: `clusters.${name}.${key}`, ...problem });
    const slugs = Object.keys(teams);
    if (!slugs.includes(team)) {
      report("team", {
        came: show(team),
        expected: oneOf(slugs, "teams of the organization"),
        remedy: `declare it in organization.teams, or name one of them${didYouMean(team, slugs)}`,
      });
    }
    const other = contexts.get(context);
    if (other === undefined) contexts.set(context, name);
    else {
      report("context", {
        came: `${show(context)}, by which the cluster ${show(other)} is reached`,
        expected: "a context of its own: two names of one cluster would each install its controllers",
        remedy: "correct one, or remove it",
      });
    }
  }
  return problems;
}
