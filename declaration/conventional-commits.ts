import { z } from "zod";
import { matching, wanted } from "./values";

/**
 * Commits on `main` are Conventional Commits: a squash makes the title of a pull request the message of its commit, so a required check reads the
 * title, whenever it changes. https://www.conventionalcommits.org/en/v1.0.0/
 */
export const ConventionalCommits = z.strictObject({
  /** Types that a title may begin with. Gatehouse's own pull requests and Renovate's begin with `chore`. */
  types: z
    .array(matching(/^[a-z]{2,20}$/, 'a type such as "feat": 2 to 20 of a–z', "write it in small letters"))
    .min(1, { error: wanted("at least one type", 'write ["feat", "fix", "chore"]') })
    .max(30, { error: wanted("at most 30 types", "nobody remembers more") })
    .readonly(),
});
export type ConventionalCommits = z.infer<typeof ConventionalCommits>;

/** The check that reads the title of a pull request. */
export const TITLE_CHECK = "pull-request-title";

/** Type of the pull requests that Gatehouse opens. */
export const DELIVERY_TYPE = "chore";
