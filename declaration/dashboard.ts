import { z } from "zod";
import { ratio } from "./objectives";
import { labelName } from "./selector";
import { entryKey, literals, text, wanted, wholeNumber } from "./values";

const Common = { title: text("the panel's title") };
const hours = wholeNumber({ what: "hours", from: 1, to: 2160, remedy: "write how far back it counts" });

export const Panel = z.discriminatedUnion(
  "kind",
  [
    /** Events over time. */
    z.strictObject({
      kind: z.literal("rate"),
      ...Common,
      signal: entryKey,
      per: literals(["second", "minute"], "the unit of the rate"),
      /** Label that tells lines apart. @default - one line */
      by: labelName.optional(),
    }),
    /** Events by 2xx, 3xx, 4xx, 5xx. The signal names its status label. */
    z.strictObject({ kind: z.literal("status-classes"), ...Common, signal: entryKey }),
    /** Failed of all, over time, with the objective drawn where there is one on the signal. */
    z.strictObject({ kind: z.literal("failure-ratio"), ...Common, signal: entryKey }),
    /** Quantiles of a latency signal over time, with the thresholds of its objectives. */
    z.strictObject({
      kind: z.literal("latency"),
      ...Common,
      signal: entryKey,
      quantiles: z
        .array(ratio("a quantile", "0.95"))
        .min(1, { error: wanted("at least one quantile", "write e.g. [0.5, 0.95]") })
        .readonly(),
    }),
    /** How many events there were in the last hours, as one number. */
    z.strictObject({ kind: z.literal("count"), ...Common, signal: entryKey, hours }),
    /** How much of an objective's budget is left: green, yellow, red. */
    z.strictObject({ kind: z.literal("budget-left"), ...Common, objective: entryKey }),
    /** Good of all over the objective's window, as one number. */
    z.strictObject({ kind: z.literal("attainment"), ...Common, objective: entryKey }),
    /** A saturation signal over time. */
    z.strictObject({ kind: z.literal("saturation"), ...Common, signal: entryKey }),
    /** Time and commit of what runs, newest first. */
    z.strictObject({ kind: z.literal("last-deployment"), ...Common }),
  ],
  {
    error: wanted(
      'a panel of kind "rate", "status-classes", "failure-ratio", "latency", "count", "budget-left", "attainment", "saturation" or "last-deployment"',
      "name the kind of the panel",
    ),
  },
);
export type Panel = z.infer<typeof Panel>;

/** The golden-signals board of each stage. */
export const Dashboard = z.strictObject({
  /** Panels by key, in reading order. */
  panels: z.record(entryKey, Panel),
  refreshSeconds: wholeNumber({ what: "seconds", from: 5, to: 3600, remedy: "write how often it is asked again" }),
  /** How much of the past it opens with. Hours. */
  hours: wholeNumber({ what: "hours", from: 1, to: 720, remedy: "write e.g. 24" }),
});
export type Dashboard = z.infer<typeof Dashboard>;
