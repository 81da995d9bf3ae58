import { z } from "zod";
import { isDay } from "./calendar-day";
import { entryKey, matching, text, wanted, yesOrNo } from "./values";

/** What `expires` of a kill switch may be in place of a day. */
export const PERMANENT = "permanent";

/** The key of a flag, as code names it. */
const flagKey = matching(
  /^(?=.{2,60}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  "the key of a flag: 2 to 60 of a–z, 0–9 and single dashes, beginning with a letter",
  "rename the flag; what it is for is its description, where any character may stand",
);

function textThat(is: (text: string) => boolean, expected: string, remedy: string) {
  const error = wanted(expected, remedy);
  return z.string({ error }).refine(is, { error });
}

const choice = matching(
  /^[A-Za-z0-9][\w.-]{0,59}$/,
  "a choice: 1 to 60 letters, digits, . _ and -, beginning with a letter or digit",
  "write the word that the code compares with",
);

const Common = {
  /** What is different where the flag is on, or chosen. */
  description: text("what the flag decides"),
  /** Role that answers for the flag and for its end. */
  owner: entryKey,
  /** The day when the owner last looked whether the flag is still needed: the day it was made, or renewed. UTC. */
  reviewed: textThat(
    isDay,
    "the day of the review: a day of the calendar, YYYY-MM-DD",
    "write the day on which the owner last decided that the flag is needed",
  ),
  /** The last day on which the flag may be there, in UTC, or `permanent` for a kill switch. */
  expires: textThat(
    (text) => text === PERMANENT || isDay(text),
    'the last day: a day of the calendar, YYYY-MM-DD, or "permanent" for a kill switch',
    "say by when the flag will have been removed from the code",
  ),
};

const on = yesOrNo("whether the flag is on");
const stages = { error: wanted("values by stage, such as { staging: true }", "write each stage with its value") };

/** A flag that is on or off. */
export const BooleanFlag = z.strictObject({
  kind: z.literal("boolean"),
  ...Common,
  /** The safe value: it holds where a stage says nothing, and the code falls back to it when it can't read the flags. */
  default: on,
  /**
   * It stops something that could do harm: what it guards runs only where the flag is on. Off is its safe value, and it may be permanent.
   */
  killSwitch: yesOrNo("whether the flag stops something in an emergency"),
  /** Its value by stage. @default - the default, in all of them */
  values: z.record(entryKey, on, stages).optional(),
  /** Its value in previews of pull requests. @default - the default */
  preview: on.optional(),
});
export type BooleanFlag = z.infer<typeof BooleanFlag>;

/** A flag that chooses one of several ways. */
export const TextFlag = z.strictObject({
  kind: z.literal("text"),
  ...Common,
  /** What may be chosen. */
  choices: z
    .array(choice)
    .min(2, { error: wanted("at least two choices", "what has one choice is no flag") })
    .max(50, { error: wanted("at most 50 choices", "what has more is data, and belongs into a store of its own") })
    .readonly(),
  /** The safe choice: it holds where a stage says nothing, and the code falls back to it when it can't read the flags. */
  default: choice,
  /** What is chosen, by stage. @default - the default, in all of them */
  values: z.record(entryKey, choice, stages).optional(),
  /** What is chosen in previews of pull requests. @default - the default */
  preview: choice.optional(),
});
export type TextFlag = z.infer<typeof TextFlag>;

export const Flag = z.discriminatedUnion("kind", [BooleanFlag, TextFlag], {
  error: wanted('a flag of kind "boolean" or "text"', "say which it is"),
});
export type Flag = z.infer<typeof Flag>;

/** How code asks for a flag: the name of what is called, with its first argument the flag's key. */
const call = matching(
  /^(?=.{1,100}$)(?:\*\.)?[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/,
  'what is called, such as "isOn", "flags.isOn", or "*.isOn" of whatever object',
  "write names with dots between them; only the first part may be *",
);

/**
 * What OpenFeature's clients have for flags that are on or off, or text; the receiver may have any name.
 * https://openfeature.dev/specification/sections/flag-evaluation
 */
export const OPENFEATURE_CALLS = [
  "*.getBooleanValue",
  "*.getBooleanDetails",
  "*.getStringValue",
  "*.getStringDetails",
] as const;

/** Feature flags of a service: the registry, and how they reach what runs. */
export const Flags = z.strictObject({
  /** Key of `edge.kv`: the namespace that the flags of each stage's Worker are written to. @default - the service has no Worker */
  kv: entryKey.optional(),
  /** What counts as a use of a flag in the code. @default - OpenFeature's `getBooleanValue`, `getStringValue` and their `Details`, of whatever object */
  calls: z
    .array(call)
    .min(1, { error: wanted("at least one call", "leave the property out instead") })
    .readonly()
    .optional(),
  /** All flags, by key. */
  registry: z.record(flagKey, Flag, {
    error: wanted("flags by key", 'write each flag as "its-key": { kind: "boolean", … }'),
  }),
});
export type Flags = z.infer<typeof Flags>;
