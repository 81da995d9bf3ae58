import { z } from "zod";
import { matching, yesOrNo } from "./values";

/** While CI of `main` fails, open pull requests are labelled, and a check of theirs is red: nothing is merged but the repair. */
export const FreezeWhenRed = z.strictObject({
  /**
   * Label (a key of `labels`) of the pull request that repairs `main`. It counts when somebody set it who may maintain the repository, and goes
   * when `main` is green again.
   */
  repairLabel: matching(/^.{1,50}$/u, "a key of labels", "name the label"),
  /**
   * Whether `main` requires the check. First false: the workflow that reports it runs once it lies on `main`, and would leave the pull request
   * that brings it waiting for ever.
   */
  blocking: yesOrNo("whether main requires the check"),
});
export type FreezeWhenRed = z.infer<typeof FreezeWhenRed>;

/** The check that is red while `main` is: a commit status, for a label set by a workflow starts no other. */
export const MAIN_IS_GREEN = "main-is-green";
