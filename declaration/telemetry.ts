import { z } from "zod";
import { labelName, Matchers, metricName, Selector } from "./selector";
import { entryKey, literals, settingKey, text, wanted, yesOrNo } from "./values";

const seconds = (what: string) => {
  const error = wanted(`${what}: seconds, more than 0 and at most 3,600`, "write e.g. 0.05 for 50 ms");
  return z.number({ error }).positive({ error }).max(3600, { error });
};

export { seconds };

/** Severities, the most severe first. A page wakes somebody. */
export const SEVERITIES = ["page", "critical", "warning", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];
export const severity = literals(SEVERITIES, "a severity");

const Common = { description: text("what the signal says") };

/** Things that happen and are counted: requests, queries, refusals. Counters, whose name ends in `_total` as a rule. */
export const EventsSignal = z.strictObject({
  kind: z.literal("events"),
  ...Common,
  total: Selector,
  /** Those of `total` that failed. @default - told by `good`; without both the signal is a count only */
  bad: Selector.optional(),
  /** Those of `total` that went well. @default - told by `bad`; without both the signal is a count only */
  good: Selector.optional(),
  /** Label with the HTTP status, e.g. `code`. @default - not told apart by status */
  status: labelName.optional(),
});

/** How long things take, as a histogram. */
export const LatencySignal = z.strictObject({
  kind: z.literal("latency"),
  ...Common,
  /** The histogram's name, without `_bucket`. */
  metric: metricName,
  /** @default - every series of the histogram (in the stage) */
  where: Matchers.optional(),
  /** `classic`: series by `le`; `native`: one series that holds all buckets. */
  histogram: literals(["classic", "native"], "the kind of histogram"),
  /** What the histogram counts in. */
  unit: literals(["seconds", "milliseconds"], "the unit of the histogram"),
  /** Upper bounds of a classic histogram's buckets, rising, without infinity. Seconds, whatever the unit. @default - native: none */
  buckets: z.array(seconds("the upper bound of a bucket")).min(1).readonly().optional(),
});

/**
 * Whether the thing answers, asked from outside.
 * - `up`: Prometheus' own scrapes
 * - `blackbox`: `probe_success` of the blackbox exporter
 * - `synthetic`: `probe_all_success_sum`/`_count` of Grafana's synthetic monitoring
 */
export const ProbeSignal = z.strictObject({
  kind: z.literal("probe"),
  ...Common,
  source: literals(["up", "blackbox", "synthetic"], "where probes come from"),
  /** @default - every probe (in the stage) */
  where: Matchers.optional(),
});

/** How much of something limited is in use: connections of a pool, memory. Both are gauges, in the same unit. */
export const SaturationSignal = z.strictObject({
  kind: z.literal("saturation"),
  ...Common,
  used: Selector,
  capacity: Selector,
});

export const Signal = z.discriminatedUnion("kind", [EventsSignal, LatencySignal, ProbeSignal, SaturationSignal], {
  error: wanted('a signal of kind "events", "latency", "probe" or "saturation"', "name the kind of the signal"),
});
export type Signal = z.infer<typeof Signal>;
export type EventsSignal = z.infer<typeof EventsSignal>;
export type LatencySignal = z.infer<typeof LatencySignal>;
export type ProbeSignal = z.infer<typeof ProbeSignal>;
export type SaturationSignal = z.infer<typeof SaturationSignal>;

/** What tells one stage's series from another's, and how loud the stage may be. */
export const Scope = z.strictObject({
  /** Labels that all series of the service have in this stage. */
  where: Matchers,
  /** Whether alerts of the stage are sent to people. Dashboards and rules exist in any case. */
  notify: yesOrNo("whether alerts of the stage are sent to people"),
  /** Alerts that are more severe are sent as this. @default - each as it is declared */
  mostSevere: severity.optional(),
});
export type Scope = z.infer<typeof Scope>;

/** Where traces of the runs that check and deliver the service go. */
export const Traces = z.strictObject({
  /** Unattended environment that has the two settings. */
  environment: entryKey,
  /** Variable: URL that takes OTLP over HTTPS, with its path. https://opentelemetry.io/docs/specs/otlp/#otlphttp-request */
  endpoint: settingKey,
  /** Secret: headers of the requests, `name=value` with commas between them. */
  headers: settingKey,
});
export type Traces = z.infer<typeof Traces>;

/** Where the service's metrics are, and what they say. */
export const Telemetry = z.strictObject({
  /** Key of the organization's `grafana.dataSources`. */
  dataSource: entryKey,
  /** By stage: only these have rules and dashboards. */
  stages: z.record(entryKey, Scope),
  /** By name; objectives, alerts and panels refer to these. */
  signals: z.record(entryKey, Signal),
  /** Series that exist for each running version, with the label that holds its commit. @default - deployments are not marked */
  deployments: z.strictObject({ series: Selector, sha: labelName }).optional(),
  /** Traces of the workflows, from the phase "observability" on. @default - none are sent */
  traces: Traces.optional(),
});
export type Telemetry = z.infer<typeof Telemetry>;
