import { z } from "zod";
import { seconds } from "./telemetry";
import { entryKey, text, wanted, wholeNumber } from "./values";

export const WINDOW_DAYS = [7, 28, 30, 90] as const;
export type WindowDays = (typeof WINDOW_DAYS)[number];

export const ratio = (what: string, example: string) => {
  const error = wanted(`${what}: a ratio, more than 0 and less than 1`, `write e.g. ${example}`);
  return z.number({ error }).gt(0, { error }).lt(1, { error });
};

const target = (() => {
  const error = wanted(
    "a ratio of good to all, more than 0 and less than 1",
    "write e.g. 0.999 for 99.9 %; 1 leaves no budget for errors, and 0 promises nothing",
    "https://sre.google/sre-book/embracing-risk/",
  );
  return z.number({ error }).gt(0, { error }).lt(1, { error });
})();

/** How far the gate looks back for an objective that says nothing else. Minutes. */
export const GATE_MINUTES = 10;

const SRE_WORKBOOK = "https://sre.google/workbook/alerting-on-slos/";

/** A promise about a signal: so much of it is good, over so many days. From it follow alerts, panels and the verdict of the gate. */
export const Objective = z.strictObject({
  description: text("what is promised, in words"),
  /** Role that answers for the objective: its alerts go there. */
  owner: entryKey,
  /** Key of `telemetry.signals`. */
  signal: entryKey,
  /** Good of all: 0.999 for 99.9 %. */
  target,
  /** Rolling window of the error budget. Days. */
  windowDays: z.union(
    WINDOW_DAYS.map((days) => z.literal(days)),
    { error: wanted("7, 28, 30 or 90 days", "write one of these", SRE_WORKBOOK) },
  ),
  /** Of a latency signal: what is quicker is good; an upper bound of one of its buckets. Seconds. @default - other signals have none */
  thresholdSeconds: seconds("the threshold").optional(),
  /** Of a saturation signal: time above this utilization is bad. @default - other signals have none */
  limit: ratio("the limit of the utilization", "0.9").optional(),
  /** With fewer events in a window no alert speaks and the gate gives no verdict: one error of three would be a third. */
  minimumEvents: wholeNumber({
    what: "events",
    from: 1,
    to: 1_000_000_000,
    remedy: "write how many events make a ratio worth a page; 1 for probes",
  }),
  /** How far the gate looks back for this objective unless it is told. Minutes. @default 10 */
  gateMinutes: wholeNumber({
    what: "minutes",
    from: 1,
    to: 360,
    remedy: "write how long a canary is watched",
  }).optional(),
  /** Shares of the error budget from which it is shown yellow and red. @default - yellow from 0.5, red from 0.8 */
  budget: z
    .strictObject({
      yellowFrom: ratio("the share that turns yellow", "0.5"),
      redFrom: ratio("the share that turns red", "0.8"),
    })
    .optional(),
  /** Runbook of the service that the alerts link to. */
  runbook: entryKey,
});
export type Objective = z.infer<typeof Objective>;

export const Objectives = z.record(entryKey, Objective);
