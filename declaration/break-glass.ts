import { z } from "zod";
import { entryKey, matching, text, wanted, wholeNumber } from "./values";

/**
 * The one exception to the rules of `main`: members of one team may merge a pull request that does not meet them. They can neither push to `main`
 * nor delete it, and GitHub keeps a record of each use.
 */
export const BreakGlass = z.strictObject({
  /** Role whose team may; keep it to few people. */
  role: entryKey,
  /** Situations in which it may be used. */
  when: z
    .array(text("a situation"))
    .min(1, { error: wanted("at least one situation", "say what is worse than a merge without checks") })
    .max(20, { error: wanted("at most 20 situations", "an exception for everything is no exception") })
    .readonly(),
  /** Label (a key of `labels`) of the issue that each use has. */
  label: matching(/^.{1,50}$/u, "a key of labels", "name the label"),
  /** Role that looks at each use afterwards, of another team. */
  reviewer: entryKey,
  /** That is done within so many days. */
  reviewWithinDays: wholeNumber({ what: "days", from: 1, to: 30, remedy: "write a few days, while people remember" }),
});
export type BreakGlass = z.infer<typeof BreakGlass>;
