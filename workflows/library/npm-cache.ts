import { ACTIONS } from "../actions";
import { TOOLS } from "../tool-versions";
import type { WorkflowStep } from "../workflow";

/**
 * npm's cache of what it downloaded, by system, Node.js and lock file: another lock file begins with what the newest one left. npm checks what it
 * takes from there against the lock file's hashes, and a pull request's cache is seen by no other branch.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/dependency-caching#restrictions-for-accessing-a-cache
 */
export function restoreNpmCache(): WorkflowStep {
  const prefix = ["npm-", { expression: "runner.os" }, "-", { expression: "runner.arch" }, `-node${TOOLS.node}-`];
  return {
    name: "Cache of npm",
    if: "hashFiles('package-lock.json') != ''",
    uses: ACTIONS.cache,
    with: {
      path: "~/.npm",
      key: [...prefix, { expression: "hashFiles('package-lock.json')" }],
      "restore-keys": prefix,
    },
  };
}
