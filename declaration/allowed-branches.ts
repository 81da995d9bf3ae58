import { RENOVATE_PREFIX } from "./dependencies";
import type { Service } from "./service";

/** The pattern of Renovate's branches. */
export const RENOVATE_BRANCHES = `${RENOVATE_PREFIX}*`;

/** Patterns of the branches that may be created, beside `main`: those that are declared, and those of the bots that are. */
export function allowedBranches({
  repository,
  dependencies,
}: Pick<Service, "repository" | "dependencies">): readonly string[] {
  return dependencies === undefined ? repository.branchNames : [...repository.branchNames, RENOVATE_BRANCHES];
}
