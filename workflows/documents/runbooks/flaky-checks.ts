import { code, shell } from "../markdown";
import { days } from "../periods";
import { type Block, type RunbookSource, repositoryOf } from "./runbook-source";

/** How a check that fails without a cause is handled: it is a defect with a date, not weather. */
export function flakyChecks(source: RunbookSource): readonly Block[] {
  const { label, fixWithinDays } = source.service.flakes;
  return [
    "## Flaky checks",
    `A check that fails on a commit and passes on the same commit is flaky. It has ${days(fixWithinDays)}:`,
    [
      `1. Open an issue with the form "Flaky check" (label ${code(label)}), with links to both runs. One issue a check.`,
      "2. Whoever owns the code under test takes it in the same sprint. Running the check again until it is green is not a fix, and hides the next real failure.",
      "3. When the time is over and it still flakes, it is removed: its job or its requirement is taken out of the declaration in a reviewed pull request that links the issue. A check nobody trusts protects nothing.",
      "4. The issue is closed by the pull request that fixes or removes it.",
    ],
    shell(
      `gh issue list --repo ${repositoryOf(source)} --label ${shellQuoted(label)} --search "sort:created-asc" # the oldest first`,
    ),
  ];
}

/** A word that the shell takes literally. */
export function shellQuoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
