import { z } from "zod";
import { entryKey, literals, matching, oneLine, settingKey, text, wanted, wholeNumber } from "./values";

const value = matching(
  oneLine(1000),
  "a value of one line, 1 to 1,000 characters",
  "write the value, or leave the column out",
);

/**
 * What a variable is derived from: `d1.<key>.id`, `d1.<key>.name` (the database of the environment's stage), `kv.<key>.id`,
 * `bucket.<key>.name`, `cloudflare.accountId` or `health.url` (where the stage's Worker answers its health check).
 */
export const Derived = z.strictObject({
  from: matching(
    /^(?:(?:d1|kv)\.[\w-]+\.id|(?:d1|bucket)\.[\w-]+\.name|cloudflare\.accountId|health\.url)$/,
    "d1.<key>.id, d1.<key>.name, kv.<key>.id, bucket.<key>.name, cloudflare.accountId or health.url",
    "name what the value comes from",
  ),
});

const optional = z
  .boolean({ error: wanted("true: the key may be missing", "leave the property out when the key must be set") })
  .optional();

/** What the token behind a secret may do: `gatehouse rotate` makes the token with exactly these permissions. */
export const TokenPermissions = z.strictObject({
  provider: z.literal("cloudflare", {
    error: wanted('"cloudflare"', "tokens of other providers have no declared permissions yet"),
  }),
  /** Permission groups by Cloudflare's names; Workers and D1 of one account. */
  permissions: z
    .array(
      literals(
        [
          "Workers Scripts Write",
          "Workers Scripts Read",
          "Workers KV Storage Write",
          "Workers Tail Read",
          "D1 Write",
          "D1 Read",
        ],
        "a permission group of an account",
      ),
    )
    .min(1, { error: wanted("at least one permission group", "name what the token is for") })
    .readonly(),
});

export type TokenPermissions = z.infer<typeof TokenPermissions>;

const Common = {
  description: text("what the key is for"),
  /** Role that answers for the value. */
  owner: entryKey,
  /** The service works without it. @default false - it must be set */
  optional,
};

/** A secret: its value is sealed for an environment and never written anywhere in clear. */
export const Secret = z.strictObject({
  kind: z.literal("secret"),
  ...Common,
  /** Whether people need a value of their own on their machine. */
  local: literals(["required", "optional", "absent"], "whether the key is needed locally"),
  /** Environments that have the secret: stages or unattended environments. */
  environments: z
    .array(entryKey, {
      error: wanted(
        'a list of environments, such as ["production"]',
        "write their names only; if a value of the secret stood here, revoke it: it is in the history of the repository",
      ),
    })
    .min(1, { error: wanted("at least one environment", "name the environments that have the secret") })
    .readonly(),
  /** The value is renewed at least so often. Days. */
  rotateEveryDays: wholeNumber({ what: "days", from: 1, to: 365, remedy: "rotate at least once a year; 90 is usual" }),
  /** @default - not a token with declared permissions */
  token: TokenPermissions.optional(),
});

/** A variable: readable by everyone who can read the repository's settings. */
export const Variable = z.strictObject({
  kind: z.literal("variable"),
  ...Common,
  /** Value for local work, as `.env.example` shows it. @default - the key is not needed locally */
  local: value.optional(),
  /** Value in the CI workflow. @default - the CI workflow does not define it */
  ci: value.optional(),
  /** Value by environment. */
  environments: z.record(
    entryKey,
    z.union([value, Derived], {
      error: wanted("a value, or { from: … }", 'write the value, or derive it: { from: "d1.main.id" }'),
    }),
    { error: wanted('values by environment, such as { production: "…" }', "write each environment with its value") },
  ),
});

/** The secret and variable matrix: key × local, CI, environments. */
export const Settings = z.record(
  settingKey,
  z.discriminatedUnion("kind", [Secret, Variable], {
    error: wanted('a setting of kind "secret" or "variable"', "say which it is"),
  }),
);
export type Settings = z.infer<typeof Settings>;
export type Setting = Settings[string];
export type Secret = z.infer<typeof Secret>;
