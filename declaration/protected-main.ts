import { z } from "zod";
import { BreakGlass } from "./break-glass";
import { ConventionalCommits } from "./conventional-commits";
import { FreezeWhenRed } from "./freeze-when-red";
import { entryKey, matching, wholeNumber, yesOrNo } from "./values";

/**
 * A check that `main` requires: a reference to a job of the CI workflow, never the name that GitHub shows. For a matrix job the reference
 * means every leg, or those that have the given values.
 */
export const CheckReference = z.strictObject({
  /** Id of a job of `ci.jobs`. */
  job: matching(/^.{1,200}$/su, "the id of a job of ci.jobs", "name the job"),
  /** Values that a leg must have to be required. @default - every leg of the matrix is required */
  leg: z
    .record(entryKey, matching(/^.{1,200}$/su, "a value of the job's matrix", "name one of the matrix's values"))
    .optional(),
});
export type CheckReference = z.infer<typeof CheckReference>;

/** The protection of `main`. */
export const ProtectedMain = z.strictObject({
  /** Approving reviews that a pull request needs. */
  approvals: wholeNumber({
    what: "approvals",
    from: 1,
    to: 10,
    remedy: "write 1 or more: changes reach main by reviewed pull request only",
    source: "https://docs.github.com/en/rest/repos/rules#create-a-repository-ruleset",
  }),
  /** A new push makes earlier approvals void. */
  dismissStale: yesOrNo("whether a push makes earlier approvals void"),
  /** An owner by `CODEOWNERS` must approve. */
  codeOwners: yesOrNo("whether a code owner must approve"),
  /** The branch must hold the newest `main` when its checks run. */
  upToDate: yesOrNo("whether the branch must be up to date with main"),
  /**
   * The last push must be approved by somebody who did not push it: nobody lets in what they wrote themselves, also in another's pull request.
   * @default false
   */
  lastPushApproval: yesOrNo("whether the last push must be approved by somebody else").optional(),
  /** All review conversations must be resolved. */
  resolveConversations: yesOrNo("whether conversations must be resolved"),
  /** No merge commits in `main`. */
  linearHistory: yesOrNo("whether merge commits are refused"),
  requiredChecks: z
    .array(CheckReference)
    .min(1, { error: 'at least one required check\nrefer to a job of ci.jobs: { job: "test" }' })
    .readonly(),
  /** What is required until the phase "checks" (9) brings the full list; some of it. @default - the full list at once */
  firstChecks: z
    .array(CheckReference)
    .min(1, { error: "at least one required check\nrefer to a job of ci.jobs, or leave the property out" })
    .readonly()
    .optional(),
  /** @default - a red main stops nobody */
  freezeWhenRed: FreezeWhenRed.optional(),
  /** Who may pass these rules by in an emergency. @default - nobody */
  breakGlass: BreakGlass.optional(),
  /** What titles of pull requests, and so commits, begin with. @default - they say what they like */
  conventionalCommits: ConventionalCommits.optional(),
  /** Regular expression that the message of every commit in `main` matches; GitHub Enterprise only. @default - any message */
  commitMessages: matching(/^.{1,256}$/u, "a regular expression of 1 to 256 characters", "shorten it").optional(),
});
export type ProtectedMain = z.infer<typeof ProtectedMain>;
