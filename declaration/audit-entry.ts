import { z } from "zod";
import { entryKey, literals, matching, oneLine, text, wanted, wholeNumber, yesOrNo } from "./values";

/** What an entry is about. */
export const AUDITED_ACTS = ["apply", "deploy", "rollback", "break-glass", "waiver", "rotation"] as const;
export type AuditedAct = (typeof AUDITED_ACTS)[number];

/** Acts that somebody must be able to explain, wherever they happen. */
const ALWAYS_EXPLAINED: readonly AuditedAct[] = ["rollback", "break-glass", "waiver"];

/** Acts that bring a commit somewhere. */
const OF_A_COMMIT: readonly AuditedAct[] = ["apply", "deploy", "rollback"];

/** `pending`: written before the act, and another entry says how it ended. */
export const OUTCOMES = ["pending", "succeeded", "failed"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Places have twelve digits. */
export const LAST_PLACE = 999_999_999_999;

const place = wholeNumber({ what: "places", from: 1, to: LAST_PLACE, remedy: "write the number of an entry" });

export const sha256 = matching(
  /^sha256:[0-9a-f]{64}$/,
  "a SHA-256 digest: sha256: and 64 hexadecimal digits",
  "write the digest as it was printed",
);

function listOf<T extends z.ZodType>(item: T, what: string) {
  const message = wanted(`at most 2,000 ${what}`, "write several entries");
  return z.array(item).max(2000, { error: message }).readonly();
}

/** A stack that an act was about. */
const AuditedStack = z.strictObject({
  name: matching(/^[a-z][a-z0-9-]{0,99}$/, "the name of a stack", "write it as npx gatehouse stacks lists it"),
  /** @default - the stack belongs to no service */
  service: entryKey.optional(),
  /** @default - the stack is no stage's */
  stage: entryKey.optional(),
  /** The last stage of its service. */
  production: yesOrNo("whether it is the last stage of its service"),
});
export type AuditedStack = z.infer<typeof AuditedStack>;

/** What is said of an act. */
const said = {
  act: literals(AUDITED_ACTS, "an act"),
  outcome: literals(OUTCOMES, "an outcome"),
  /** Place of the entry that was written before the act. @default - none was */
  endOf: place.optional(),
  actor: matching(
    oneLine(100),
    "who did it: one line of 1 to 100 characters",
    "write a login or an address: --actor <login>",
  ),
  /** The run that did it. @default - it was no run of a workflow */
  run: matching(/^https:\/\/[\w.:/-]{1,300}$/, "the address of a run", "write an https address").optional(),
  /** Why. */
  reason: text("a reason").optional(),
  stacks: listOf(AuditedStack, "stacks"),
  /** Digests of the plans that were applied. */
  plans: listOf(sha256, "plans"),
  commit: matching(
    /^[0-9a-f]{40}$/,
    "a full commit SHA: 40 hexadecimal digits",
    "write what git rev-parse prints",
  ).optional(),
  /** Of what was deployed. */
  artifact: sha256.optional(),
  /** Waivers without which a policy would have stopped it. */
  waivers: listOf(matching(oneLine(100), "the name of a waiver: one line", "write its name"), "waivers"),
};

/** The same without its place in a trail. */
export type AuditRecord = Omit<AuditEntry, "version" | "trail" | "sequence" | "previous" | "at" | "clockSetBack">;

/** One entry of the audit trail. Its place and the digest of the entry before are signed with it. */
export const AuditEntry = z
  .strictObject({
    version: z.literal(1),
    /** Made with the first entry, the same in all: entries of another trail don't pass for this one's. */
    trail: z.uuid({ error: wanted("a UUID", "only gatehouse audit append writes it") }),
    /** From 1, without gaps. */
    sequence: place,
    /** Digest of the object that holds the entry before; null in the first. */
    previous: sha256.nullable(),
    /** When it was written, by the clock of who wrote it. */
    at: z.iso.datetime({ precision: 3, error: wanted("a time such as 2026-11-21T09:30:00.000Z", "set the clock") }),
    /** Somebody has seen that the clock was behind the entry before, and said so. @default - it was not */
    clockSetBack: z.literal(true).optional(),
    ...said,
  })
  .superRefine(({ act, stacks, reason, commit, outcome, endOf }, context) => {
    const refuse = (path: string, expected: string, remedy: string) =>
      context.addIssue({ code: "custom", path: [path], message: wanted(expected, remedy) });
    const production = stacks.some((stack) => stack.production);
    if (reason === undefined && (production || ALWAYS_EXPLAINED.includes(act))) {
      const what = ALWAYS_EXPLAINED.includes(act) ? `every ${act}` : "every act in production";
      refuse("reason", `a reason: ${what} has one`, "say why: --reason <text>");
    }
    if (commit === undefined && OF_A_COMMIT.includes(act))
      refuse("commit", `the commit of the ${act}`, "say which: --commit <sha>");
    if (outcome === "pending" && endOf !== undefined)
      refuse("endOf", "nothing: an entry that ends another is not pending", "give --outcome succeeded or failed");
  });
export type AuditEntry = z.infer<typeof AuditEntry>;
