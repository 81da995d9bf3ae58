/** A metric whose samples are computed. */
export interface GeneratedMetric {
  /** As it is asked for: a counter ends in `_total`, a classic histogram's series in `_bucket`, `_count` or `_sum`. */
  readonly metric: string;
  /** @default - `counter` for names that end in `_total`, `unknown` for others */
  readonly type?: "counter" | "gauge" | "unknown";
  readonly series: readonly GeneratedSeries[];
}

export interface GeneratedSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** The value so many seconds after the beginning; undefined where there is no sample. */
  readonly at: (seconds: number) => number | undefined;
}

export interface GeneratedTime {
  /** Unix time. Seconds. */
  readonly from: number;
  /** Unix time. Seconds. */
  readonly to: number;
  readonly stepSeconds: number;
}

/** OpenMetrics text with times, as `promtool tsdb create-blocks-from openmetrics` reads it. */
export function openMetrics(time: GeneratedTime, metrics: readonly GeneratedMetric[]): string {
  return `${metrics.flatMap((metric) => family(time, metric)).join("\n")}\n# EOF\n`;
}

function family(time: GeneratedTime, { metric, type, series }: GeneratedMetric): string[] {
  const counter = (type ?? (metric.endsWith("_total") ? "counter" : "unknown")) === "counter";
  const name = counter ? metric.replace(/_total$/, "") : metric;
  return [`# TYPE ${name} ${counter ? "counter" : (type ?? "unknown")}`, ...series.flatMap(samples)];

  function samples({ labels, at }: GeneratedSeries): string[] {
    const lines: string[] = [];
    const key = `${metric}{${Object.entries(labels).map(pair).join(",")}}`;
    for (let now = time.from; now <= time.to; now += time.stepSeconds) {
      const value = at(now - time.from);
      if (value !== undefined) lines.push(`${key} ${value} ${now}`);
    }
    return lines;
  }
}

function pair([label, value]: readonly [string, string]): string {
  return `${label}="${value.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n")}"`;
}
