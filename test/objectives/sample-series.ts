import type { LabelMatch, Matchers, Selector } from "../../declaration/selector";
import type { Signal } from "../../declaration/telemetry";
import type { BadWhen } from "../../objectives/event-counts";

/** So many minutes with so many events each, of which a share is bad. */
export interface Phase {
  readonly minutes: number;
  readonly events: number;
  readonly bad: number;
}

/** A series as promtool's unit tests take it, one sample a minute. */
export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

/** Series of a signal in these phases, one after the other. A gauge that is bad to a share is so in one minute of several. */
export function sampleSeries(
  signal: Signal,
  badWhen: BadWhen,
  where: Matchers,
  phases: readonly Phase[],
): InputSeries[] {
  const good = (share = 1) => counter(phases, ({ events, bad }) => events * (1 - bad) * share);
  const all = () => counter(phases, ({ events }) => events);
  const failed = () => counter(phases, ({ events, bad }) => events * bad);
  switch (signal.kind) {
    case "events":
      if (signal.good !== undefined) {
        const apart = signal.good.metric !== signal.total.metric;
        return [
          { series: named(signal.good, where), values: good() },
          { series: named(signal.total, where, { code: "599" }), values: apart ? all() : failed() },
        ];
      }
      return [
        { series: named(signal.bad ?? signal.total, where), values: failed() },
        {
          series: named(signal.total, where, { code: "200" }),
          values: signal.bad?.metric === signal.total.metric ? good() : all(),
        },
      ];
    case "latency": {
      const histogram = { metric: signal.metric, ...(signal.where && { where: signal.where }) };
      const series = (suffix: string, labels: Record<string, string>) =>
        named({ ...histogram, metric: `${signal.metric}${suffix}` }, where, labels);
      const scale = signal.unit === "seconds" ? 1 : 1000;
      const buckets = signal.buckets ?? [];
      return [
        ...buckets.map((bucket, index) => ({
          series: series("_bucket", { le: String(bucket * scale) }),
          values: bucket > (badWhen.thresholdSeconds ?? 0) && index === buckets.length - 1 ? all() : good(),
        })),
        { series: series("_bucket", { le: "+Inf" }), values: all() },
        { series: series("_count", {}), values: all() },
      ];
    }
    case "probe": {
      const metric = { up: "up", blackbox: "probe_success", synthetic: "probe_all_success" }[signal.source];
      const selector = (suffix: string) => ({
        metric: `${metric}${suffix}`,
        ...(signal.where && { where: signal.where }),
      });
      if (signal.source === "synthetic") {
        return [
          { series: named(selector("_count"), where), values: all() },
          { series: named(selector("_sum"), where), values: good() },
        ];
      }
      return [{ series: named(selector(""), where), values: gauge(phases, 1, 0) }];
    }
    case "saturation":
      return [
        { series: named(signal.used, where), values: gauge(phases, 20, 99) },
        { series: named(signal.capacity, where), values: gauge(phases, 100, 100) },
      ];
  }
}

/** The name of a series that matches. */
export function named(
  { metric, where }: Selector,
  scope: Matchers,
  more: Readonly<Record<string, string>> = {},
): string {
  const labels = { ...more, ...example(where), ...example(scope) };
  const list = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${metric}{${list.join(",")}}`;
}

const EXAMPLES: Readonly<Record<string, string>> = {
  "5..": "500",
  "GET|HEAD|OPTIONS": "GET",
  "POST|PUT|PATCH|DELETE": "PUT",
};

function example(where: Matchers = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(where).map(([label, match]) => [label, valueFor(match)]));
}

function valueFor(match: LabelMatch): string {
  if (typeof match === "string") return match;
  if ("matches" in match) {
    const value = EXAMPLES[match.matches];
    if (value === undefined) throw new Error(`no example of ${match.matches}`);
    return value;
  }
  return "something else";
}

/** Fewer than no events is written as no sample: the series ends. */
function counter(phases: readonly Phase[], perMinute: (phase: Phase) => number): string {
  let value = 0;
  const parts = phases.map((phase) => {
    if (phase.events < 0) return `_x${phase.minutes}`;
    const step = Number(perMinute(phase).toPrecision(12));
    const from = value + step;
    value = from + step * (phase.minutes - 1);
    return `${rounded(from)}+${step}x${phase.minutes - 1}`;
  });
  return parts.join(" ");
}

function gauge(phases: readonly Phase[], good: number, bad: number): string {
  return phases
    .flatMap((phase): readonly string[] => {
      if (phase.events < 0) return [`_x${phase.minutes}`];
      if (phase.bad === 0 || phase.bad === 1) return [`${phase.bad === 0 ? good : bad}x${phase.minutes - 1}`];
      const every = Math.round(1 / phase.bad);
      return Array.from({ length: phase.minutes }, (_, minute) => String(minute % every === every - 1 ? bad : good));
    })
    .join(" ");
}

function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
