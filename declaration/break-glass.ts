import { z } from "zod";
import { entryKey, matching, text, wanted, wholeNumber } from "./values";

const time = z.iso.datetime({
  precision: 0,
  error: wanted("a time in UTC such as 2026-11-27T09:30:00Z", "write it to the second, with a Z behind it"),
});

/** A time in which the exception may be used. It ends by itself. */
export const Opening = z.strictObject({
  /** First moment. UTC, to the second. */
  from: time,
  /** First moment after it, {@link MOST_HOURS_OPEN} hours after `from` at most. */
  until: time,
  /** What is broken, and why waiting is worse. */
  reason: text("a reason"),
  /** Address of the issue that was opened for it. */
  ticket: matching(
    /^https:\/\/[^\s"'<>\\^`{|}]{1,300}$/,
    "an https address of an issue",
    "open an issue with the reason first",
  ),
  /** Role whose team has agreed; another team than the one that may. */
  approver: entryKey,
});
export type Opening = z.infer<typeof Opening>;

/** An emergency that lasts longer is opened again, by people who look at it again. */
export const MOST_HOURS_OPEN = 24;

/**
 * The one exception to the rules of `main`: while it is open, members of one team may merge a pull request that does not meet them. They can neither
 * push to `main` nor delete it, and GitHub keeps a record of each use.
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
  /** When it is, or was, open; an entry stays for a month after its end, as the record that uses are held against. @default - never: nobody may */
  openings: z
    .array(Opening)
    .max(100, { error: wanted("at most 100 openings", "take out those that ended more than a month ago") })
    .readonly()
    .optional(),
});
export type BreakGlass = z.infer<typeof BreakGlass>;
