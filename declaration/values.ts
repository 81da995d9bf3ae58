import { z } from "zod";

/**
 * The scalars that declarations are made of. Each says, in its error, what was expected and what to do; the first line of a
 * zod message is the expectation, the second the remedy, the third (if any) the source of the fact.
 */
export function wanted(expected: string, remedy: string, source?: string): string {
  return source === undefined ? `${expected}\n${remedy}` : `${expected}\n${remedy}\n${source}`;
}

export interface WholeNumberLimits {
  readonly what: string;
  readonly from: number;
  readonly to: number;
  readonly remedy: string;
  readonly source?: string;
}

export function wholeNumber(limits: WholeNumberLimits) {
  const range = `a whole number of ${limits.what} from ${limits.from.toLocaleString("en")} to ${limits.to.toLocaleString("en")}`;
  const message = wanted(range, limits.remedy, limits.source);
  return z
    .number({ error: message })
    .int({ error: message })
    .min(limits.from, { error: message })
    .max(limits.to, { error: message });
}

export function matching(pattern: RegExp, expected: string, remedy: string, source?: string) {
  const message = wanted(expected, remedy, source);
  return z.string({ error: message }).regex(pattern, { error: message });
}

export function literals<const T extends readonly [string, ...string[]]>(values: T, what: string) {
  const list = values.map((value) => `"${value}"`).join(", ");
  return z.enum(values, { error: wanted(`${what}: ${list}`, `write one of ${list}`) });
}

export function yesOrNo(what: string) {
  return z.boolean({ error: wanted(`true or false: ${what}`, "say it: a protection that is left out is not assumed") });
}

/** So many characters on one line: nothing that breaks it, controls a terminal, or turns or hides the text around it. */
export function oneLine(most: number, least = 1): RegExp {
  return new RegExp(`^(?:[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]|[\\u200c\\u200d]){${least},${most}}$`, "u");
}

/** A line of prose for people: 1 to 350 characters, no line breaks or control characters. */
export function text(what: string) {
  return matching(
    oneLine(350),
    `${what}: one line of 1 to 350 characters`,
    "write a short line without line breaks or control characters",
  );
}

const SLUG_SOURCE = "the strictest of what GitHub, Cloudflare and Terraform take, so that every derived name fits";

/** A name from which addresses are made: lower-case letters, digits and single dashes, 2 to 40 characters. */
export function slug(what: string) {
  return matching(
    /^(?=.{2,40}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
    `${what}: 2 to 40 of a–z, 0–9 and single dashes, beginning with a letter`,
    "choose such a name; people see the description, where any character may stand",
    SLUG_SOURCE,
  );
}

/** A name as Kubernetes takes it for namespaces, services and most other objects. */
export function dnsLabel(what: string) {
  return matching(
    /^(?=.{1,63}$)[a-z](?:[a-z0-9-]*[a-z0-9])?$/,
    `${what}: a DNS label, 1 to 63 of a–z, 0–9 and -, beginning with a letter, ending with a letter or digit`,
    "choose such a name",
    "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names",
  );
}

/** The name of a secret or variable. */
export const settingKey = matching(
  /^(?!GITHUB_)[A-Z][A-Z0-9_]{0,99}$/,
  "a key of A–Z, 0–9 and _, beginning with a letter, not with GITHUB_",
  "rename the key",
  "https://docs.github.com/en/actions/reference/security/secrets#naming-your-secrets",
);

/** A list of values, ranges and steps of one field of a cron expression. */
function cronField(value: string): string {
  const item = String.raw`(?:\*|(?:${value})(?:-(?:${value}))?)(?:/[1-9]\d?)?`;
  return `${item}(?:,${item})*`;
}

const CRON_FIELDS = [
  "[0-5]?[0-9]",
  "1?[0-9]|2[0-3]",
  "[1-9]|[12][0-9]|3[01]",
  "[1-9]|1[0-2]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC",
  "SUN|MON|TUE|WED|THU|FRI|SAT",
];

/** Five fields of a cron expression, in UTC. Days of the week by name: GitHub counts them from 0 = Sunday, Cloudflare from 1 = Sunday. */
export const cron = matching(
  new RegExp(`^(?=.{9,100}$)${CRON_FIELDS.map(cronField).join(" ")}$`),
  'a cron expression of five fields in UTC, such as "17 2 * * *"',
  "write minute, hour, day of month, month, day of week, the last as * or by name (MON-FRI): GitHub and Cloudflare number the days differently",
  "https://developers.cloudflare.com/workers/configuration/cron-triggers/#supported-cron-expressions",
);

export const identifier32 = matching(
  /^[0-9a-f]{32}$/,
  "32 hexadecimal digits, lower-case",
  "copy the id from the Cloudflare dashboard (account home → ⋯ → copy account id; zone → overview → zone id)",
);

export const hostname = matching(
  /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$/,
  'a host name such as "pos.example.com", lower-case, without scheme or path',
  "write the host name alone; write an internationalized one in its xn-- form",
);

/** A path inside a repository, relative, without `..`; what begins with a dash would be an option to the command that gets it. */
export function repositoryPath(what: string) {
  return matching(
    /^(?=.{1,200}$)(?![/-])(?!.*\/\/)(?!.*(?:^|\/)\.\.(?:\/|$))[\w@.*/+-]+$/,
    `${what}: a relative path of letters, digits, and . _ - + @ * /`,
    "write it relative to the repository's root, without .., // or a dash in front",
  );
}

/** A pattern of `CODEOWNERS`. */
export const codeOwnersPattern = matching(
  /^[\w.*/@+-]{1,200}$/,
  "a CODEOWNERS pattern such as * or /src/",
  "write a pattern without spaces, ! or [ ] (CODEOWNERS takes none of these)",
  "https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners#codeowners-syntax",
);

/** The key of a record of named things: 1 to 40 characters, so that every name derived from it fits. */
export const entryKey = matching(
  /^(?=.{1,40}$)[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/,
  "a key of 1 to 40 of a–z, 0–9 and single - _, beginning with a letter",
  "rename the key",
);

/** A branch or tag pattern such as `main` or `release/*`. */
export const refPattern = matching(
  /^(?=.{1,100}$)(?!-)(?!.*\.\.)(?:(?!\.)[\w.*-]+(?<!\.lock)\/)*(?!\.)[\w.*-]+(?<!\.lock|\.)$/,
  'a branch pattern such as "main" or "feat/*"',
  "write a name Git takes: letters, digits, . _ - / and * as the wildcard",
  "https://git-scm.com/docs/git-check-ref-format",
);
