import { z } from "zod";
import { entryKey, literals, matching, oneLine, text, wanted, wholeNumber } from "./values";

/** A label of issues and pull requests. */
export const Label = z.strictObject({
  /** Six hexadecimal digits, lower-case, without #. */
  color: matching(/^[0-9a-f]{6}$/, "six hexadecimal digits, lower-case, without #", 'write e.g. "d73a4a"'),
  description: matching(
    oneLine(100),
    "a line of 1 to 100 characters",
    "shorten it",
    "https://docs.github.com/en/rest/issues/labels#create-a-label",
  ),
});

/** Labels by name. Labels that are not declared are left alone. */
export const Labels = z.record(
  matching(
    /^(?!.*,)(?:[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|[\u200c\u200d]){1,50}$/u,
    "a label's name: 1 to 50 characters without commas",
    "rename the label",
  ),
  Label,
);
export type Labels = z.infer<typeof Labels>;

/** How flaky checks are handled. */
export const Flakes = z.strictObject({
  /** Label (a key of `labels`) of the issues on flaky checks. */
  label: matching(/^.{1,50}$/u, "a key of labels", "name the label"),
  /** A flaky check is fixed or removed within so many days. */
  fixWithinDays: wholeNumber({ what: "days", from: 1, to: 90, remedy: "write the length of the sprint" }),
});

/** Who is called, and where people talk. */
export const OnCall = z.strictObject({
  /** Chat channel of incidents. */
  channel: matching(/^#[\w-]{1,80}$/, 'a channel such as "#pos-incidents"', "write it with #"),
  /** First response within so many minutes. */
  respondWithinMinutes: wholeNumber({
    what: "minutes",
    from: 1,
    to: 1440,
    remedy: "write the promised time to respond",
  }),
  /** Role to which an incident goes when nobody answers. */
  escalateTo: entryKey,
});

export const RUNBOOKS = [
  "on-call",
  "incident-template",
  "d1-backup-and-restore",
  "secret-leak",
  "error-budget",
  "canary",
  "rollback",
  "migration",
  "incident-classes",
] as const;

/** Runbooks of Gatehouse's library that the service's repository gets. */
export const Runbooks = z
  .array(literals(RUNBOOKS, "a runbook of the library"))
  .min(1, { error: wanted("at least one runbook", 'write ["on-call"]') })
  .readonly();

/** Items of the checklist in the pull-request template. */
export const Checklist = z
  .array(text("an item of the checklist"))
  .min(1, { error: wanted("at least one item", "write what a reviewer looks for") })
  .readonly();
