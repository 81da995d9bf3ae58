import { z } from "zod";
import { entryKey, literals, matching, settingKey, wanted, wholeNumber } from "./values";

/** Days as people write them, in the order in which cron counts them: Sunday is 0. */
export const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

/** When somebody is there to look at what comes. */
export const BusinessHours = z.strictObject({
  /** Name of the IANA database, such as `Europe/Berlin`. */
  timeZone: matching(
    /^(?=.{3,60}$)[A-Z]\w*(?:[/-]\w+)*$/,
    "a time zone of the IANA database",
    'write e.g. "Europe/Berlin" or "UTC"',
    "https://www.iana.org/time-zones",
  ),
  /** On the first of them, lock files are brought up to date. */
  days: z
    .array(literals(DAYS, "a day of the week"))
    .min(1, { error: wanted("at least one day", 'write ["monday", "tuesday", "wednesday", "thursday", "friday"]') })
    .readonly(),
  /** The first hour, from 0. */
  from: wholeNumber({ what: "hours of the day", from: 0, to: 23, remedy: "write the hour that work begins at" }),
  /** The hour at which it is over; at most 24. */
  to: wholeNumber({ what: "hours of the day", from: 1, to: 24, remedy: "write the hour that work ends at" }),
});
export type BusinessHours = z.infer<typeof BusinessHours>;

/** Updates that come in one pull request. https://docs.renovatebot.com/modules/manager/ */
export const UpdateGroup = z.strictObject({
  managers: z
    .array(
      literals(
        [
          "bundler",
          "cargo",
          "composer",
          "docker-compose",
          "dockerfile",
          "github-actions",
          "gomod",
          "gradle",
          "helm-values",
          "helmv3",
          "kubernetes",
          "maven",
          "npm",
          "nvm",
          "pep621",
          "pip_requirements",
          "poetry",
          "terraform",
        ],
        "a package manager that Renovate knows",
      ),
    )
    .min(1, { error: wanted("at least one package manager", 'write e.g. ["npm"]') })
    .readonly(),
  /** @default - all kinds of updates */
  updates: z
    .array(literals(["major", "minor", "patch", "pin", "digest"], "a kind of update"))
    .min(1, { error: wanted("at least one kind of update", "leave the property out instead") })
    .readonly()
    .optional(),
});
export type UpdateGroup = z.infer<typeof UpdateGroup>;

/** Pull requests for new versions of what the service is made of, opened by Renovate. From the phase "freeze" on. */
export const Dependencies = z.strictObject({
  /** Unattended environment that has the token. */
  environment: entryKey,
  /** Secret: the token that opens the pull requests. Not the workflow's own: what that one opens starts no checks. */
  token: settingKey,
  hours: BusinessHours,
  /** So many of its pull requests are open at once, at most. Those on vulnerabilities are not counted. */
  openAtOnce: wholeNumber({ what: "pull requests", from: 1, to: 50, remedy: "write how many people can look at" }),
  /** So many are opened in an hour, at most. */
  openedPerHour: wholeNumber({ what: "pull requests", from: 1, to: 20, remedy: "write how many CI can check" }),
  /** A version that is younger is not offered: what was taken over is mostly found within days. Vulnerabilities don't wait. */
  waitDays: wholeNumber({
    what: "days",
    from: 0,
    to: 60,
    remedy: "write 3: most malicious releases are found by then",
  }),
  /** Label (a key of `labels`) of its pull requests. */
  label: matching(/^.{1,50}$/u, "a key of labels", "name the label"),
  /** Label (a key of `labels`) that those on vulnerabilities have too. */
  vulnerabilityLabel: matching(/^.{1,50}$/u, "a key of labels", "name the label"),
  /** By name, which is the pull request's title; of two that an update falls into, the later one has it. */
  groups: z.record(entryKey, UpdateGroup),
});
export type Dependencies = z.infer<typeof Dependencies>;

/** What the names of Renovate's branches begin with. */
export const RENOVATE_PREFIX = "renovate/";
