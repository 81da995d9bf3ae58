import { type GeneratedMetric, type GeneratedSeries, openMetrics } from "./open-metrics";

/** What a version of relay does in a stage, a second. */
export interface Version {
  readonly stage: string;
  readonly version: string;
  readonly requests: number;
  /** Of all requests. */
  readonly failed: number;
  /** Of all requests, over the threshold. */
  readonly slow: number;
  /** It was stopped so many seconds before the end. @default 0 */
  readonly stoppedSeconds?: number;
}

/** The samples reach back so far. */
export const LASTED_SECONDS = 1800;
/** A version that keeps every promise. */
export const HEALTHY = { requests: 20, failed: 0.001, slow: 0.001 };

/** Samples of relay until now, in OpenMetrics text: its versions, and what probes said by stage. */
export function relaySamples(versions: readonly Version[], probes: Readonly<Record<string, number>>): string {
  const to = Math.floor(Date.now() / 1000);
  const each = (version: Version, labels: Record<string, string>, perSecond: number): GeneratedSeries => ({
    labels: { service: "relay", env: version.stage, version: version.version, ...labels },
    at: (seconds) => (seconds > LASTED_SECONDS - (version.stoppedSeconds ?? 0) ? undefined : seconds * perSecond),
  });
  const histogram = (suffix: string, of: (version: Version) => readonly [string, number][]): GeneratedMetric => ({
    metric: `http_request_duration_seconds_${suffix}`,
    series: versions.flatMap((version) =>
      ["light", "webhook"].flatMap((kind) =>
        of(version).map(([le, perSecond]) =>
          each(version, le === "" ? { class: kind } : { class: kind, le }, perSecond),
        ),
      ),
    ),
  });
  return openMetrics({ from: to - LASTED_SECONDS, to, stepSeconds: 15 }, [
    {
      metric: "http_requests_total",
      series: versions.flatMap((version) => [
        each(version, { code: "200" }, version.requests * (1 - version.failed)),
        each(version, { code: "503" }, version.requests * version.failed),
      ]),
    },
    histogram("bucket", ({ requests, slow }) => [
      ["0.05", requests * (1 - slow)],
      ["1.2", requests * (1 - slow)],
      ["+Inf", requests],
    ]),
    histogram("count", ({ requests }) => [["", requests]]),
    {
      metric: "probe_success",
      type: "gauge",
      series: Object.entries(probes).map(([env, value]) => ({
        labels: { service: "relay", env, job: "blackbox" },
        at: () => value,
      })),
    },
  ]);
}
