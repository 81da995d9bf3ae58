import { z } from "zod";
import { matching, oneLine, text, wanted } from "../declaration/values";

/** A waiver ends at most so many days after it was made. */
export const LONGEST_WAIVER_DAYS = 90;

/** A day that the calendar has, in UTC, as `2026-11-27`. */
const day = z.iso.date({
  error: wanted("a day that the calendar has, such as 2026-11-27", "write year, month and day, as they are in UTC"),
});

/**
 * A person or a team, in lower case and without `@`: GitHub takes logins and teams in any.
 * https://docs.github.com/en/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
 */
const member = matching(
  /^@?(?:[a-z\d](?:[a-z\d-]{0,37}[a-z\d])?\/)?[a-z\d](?:[a-z\d_-]{0,98}[a-z\d])?$/i,
  "a GitHub login, or a team as organization/team",
  'write it such as "octocat" or "openclaw/secops"',
).transform((name) => name.toLowerCase().replace(/^@/, ""));

/** Something that reports show. */
function shown(what: string) {
  return matching(
    oneLine(500),
    `${what}: one line of 1 to 500 characters`,
    "write it as npx gatehouse policy --json shows it",
  );
}

/**
 * Findings of one rule in one document. Which: a stack, a file of a service's repository, a release, or a file that is given to `gatehouse policy`. Where in
 * that: exact addresses, or a pattern.
 */
export const WaiverScope = z.strictObject({
  /** Name of a stack. */
  stack: shown("the name of a stack").optional(),
  /** Whose file it is; of one that is given, what `--service` says. */
  service: shown("the name of a service").optional(),
  /** Path in the service's repository; with `stage`, what reports call the chart of a release. */
  file: shown("the path of a file").optional(),
  /** Path of a file, as it is given. */
  given: shown("the path of a file that is given").optional(),
  /** Of a release its stage; of a file that is given, what `--stage` says. */
  stage: shown("the name of a stage").optional(),
  /** Addresses of findings, alone or with the path in that: `jobs.test`, or `jobs.test, steps[0].uses`. */
  at: z
    .array(shown("an address"))
    .min(1, { error: wanted("at least one address", "write the addresses, or a pattern under matching") })
    .max(100, { error: wanted("at most 100 addresses", "repair some of it, or write several waivers") })
    .readonly()
    .optional(),
  /** The same with `*` for any characters. */
  matching: shown("a pattern").optional(),
});
export type WaiverScope = z.infer<typeof WaiverScope>;

/** An exception from one rule: somebody asks for it, somebody else approves it, and it ends. */
export const Waiver = z.strictObject({
  /** What reports and the audit trail call it. Never used again for another. */
  id: matching(
    /^(?=.{1,100}$)[a-z0-9]+(?:-[a-z0-9]+)*$/,
    "an id of 1 to 100 of a–z, 0–9 and single dashes",
    "write such an id, which no other waiver has had",
  ),
  /** `<pack>/<id>` of the rule. */
  rule: shown("the name of a rule"),
  scope: WaiverScope,
  /** Who answers for it. */
  owner: member,
  reason: text("why the exception is needed"),
  /** Who let it pass: not the owner. */
  approver: member,
  created: day,
  /** The last day on which it holds. */
  expires: day,
  ticket: matching(
    /^(?:https:\/\/[^\s@"<>\\]{1,300}|[A-Z][A-Z0-9_]{1,19}-\d{1,9}|[\w.-]{1,100}\/[\w.-]{1,100}#\d{1,9})$/,
    "a ticket: an https address, SEC-12, or owner/repository#12",
    "name the ticket under which the cause is repaired",
  ),
});
export type Waiver = z.infer<typeof Waiver>;

/** Whether two names may be the same: a team may be written without its organization. */
export function isSameMember(one: string, other: string): boolean {
  return one.replace(/^.*\//, "") === other.replace(/^.*\//, "");
}
