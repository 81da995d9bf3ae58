import { z } from "zod";
import { ratio } from "./objectives";
import { seconds, severity } from "./telemetry";
import { entryKey, matching, text, wanted, wholeNumber } from "./values";

const minutes = (remedy: string, from = 1) => wholeNumber({ what: "minutes", from, to: 1440, remedy });

const Common = {
  /** What is wrong, for whoever reads the notification. */
  summary: text("what is wrong"),
  /** What to do first, in the notification itself. */
  action: text("what to do first"),
  /** Role that is notified. */
  owner: entryKey,
  severity,
  /** The condition must hold so long. Minutes. */
  forMinutes: minutes("write how long it must last before somebody is told; 0 tells at once", 0),
  /** Runbook of the service. @default - a runbook of the alert's own, from `response` */
  runbook: entryKey.optional(),
  /** Steps of the alert's own runbook, in order. @default - `runbook` says what to do */
  response: z
    .array(text("a step of the response"))
    .min(1, { error: wanted("at least one step", "write what to look at first") })
    .readonly()
    .optional(),
};

/** Over so many minutes the ratio or quantile is computed. */
const overMinutes = minutes("write at least four scrapes' time; 5 is usual");
const minimumEvents = wholeNumber({
  what: "events",
  from: 1,
  to: 1_000_000_000,
  remedy: "write how many events make it worth an alert",
});

/** A condition on one signal by a threshold, under a name that people know. */
export const Alert = z.discriminatedUnion(
  "kind",
  [
    /** A quantile of a latency signal is above a duration. */
    z.strictObject({
      kind: z.literal("latency-above"),
      ...Common,
      signal: entryKey,
      quantile: ratio("the quantile", "0.99"),
      aboveSeconds: seconds("the duration"),
      overMinutes,
      minimumEvents,
    }),
    /** So many of an events signal failed. */
    z.strictObject({
      kind: z.literal("failures-above"),
      ...Common,
      signal: entryKey,
      above: ratio("the ratio of failures", "0.01"),
      overMinutes,
      minimumEvents,
    }),
    /** More than so many events of a signal within the time. */
    z.strictObject({
      kind: z.literal("events-above"),
      ...Common,
      signal: entryKey,
      above: wholeNumber({ what: "events", from: 0, to: 1_000_000_000, remedy: "write how many are still fine" }),
      overMinutes,
    }),
    /** No probe of a signal succeeds. */
    z.strictObject({ kind: z.literal("down"), ...Common, signal: entryKey }),
    /** A saturation signal is above a ratio. */
    z.strictObject({
      kind: z.literal("saturation-above"),
      ...Common,
      signal: entryKey,
      above: ratio("the utilization", "0.9"),
    }),
    /** An events signal is so much below the same hour of earlier days. */
    z.strictObject({
      kind: z.literal("traffic-drop"),
      ...Common,
      signal: entryKey,
      /** How far below: 0.4 is 40 %. */
      drop: ratio("the drop", "0.4"),
      /** Days whose same hour is the baseline; their mean counts. Days without data don't. */
      daysAgo: z
        .array(wholeNumber({ what: "days", from: 1, to: 90, remedy: "write e.g. [7, 14, 21]: the same weekday" }))
        .min(1, { error: wanted("at least one day", "write e.g. [7, 14, 21]") })
        .readonly(),
      /** The baseline must have had so many events within the hour. */
      minimumEvents,
    }),
    /** PromQL whose value is above or below a number. The stage's labels are added to each of its selectors. */
    z.strictObject({
      kind: z.literal("query"),
      ...Common,
      query: matching(
        /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,2000}$/u,
        "PromQL on one line, at most 2,000 characters",
        "write one expression with one value",
        "https://prometheus.io/docs/prometheus/latest/querying/basics/",
      ),
      /** @default - `below` says */
      above: z.number({ error: wanted("a number", "write the threshold") }).optional(),
      /** @default - `above` says */
      below: z.number({ error: wanted("a number", "write the threshold") }).optional(),
    }),
  ],
  {
    error: wanted(
      'an alert of kind "latency-above", "failures-above", "events-above", "down", "saturation-above", "traffic-drop" or "query"',
      "name the kind of the alert",
    ),
  },
);
export type Alert = z.infer<typeof Alert>;

/** Alerts by name, as people know them: `ServiceDown`. */
export const Alerts = z.record(
  matching(
    /^[A-Z][A-Za-z0-9]{1,59}$/,
    "the name of an alert: 2 to 60 letters and digits, beginning with a capital",
    'write it as one word, such as "ServiceDown"',
  ),
  Alert,
);
export type Alerts = z.infer<typeof Alerts>;
