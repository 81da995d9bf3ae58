/**
 * Attributes of spans by which series are told apart, under OpenTelemetry's names. Cloudflare sets all of them but the guarded ones, which
 * the collector brings to few values (see workflows/telemetry/collector-file.ts).
 * https://developers.cloudflare.com/workers/observability/traces/spans-and-attributes/
 */
export const ATTRIBUTE = {
  method: "http.request.method",
  status: "http.response.status_code",
  operation: "db.operation.name",
  failure: "error.type",
  /** Tag of the version that served: the release tags each with the commit it was made of, in short. */
  version: "faas.version",
} as const;

export interface SpanSeries {
  /** First words of the metrics' names, as the span-metrics connector writes them. */
  readonly namespace: string;
  /** Attributes that become labels. */
  readonly attributes: readonly string[];
  /** Whether durations are a histogram beside the count. */
  readonly timed: boolean;
}

/** What spans of a Worker become: each a counter, two of them also a histogram. */
export const SPAN_SERIES = {
  /** Requests that the Worker answered, without those of its health check; by version too, so that a new one can be compared with the stable. */
  requests: {
    namespace: "worker.requests",
    attributes: [ATTRIBUTE.method, ATTRIBUTE.status, ATTRIBUTE.version],
    timed: true,
  },
  /** Queries of D1. */
  queries: { namespace: "worker.d1", attributes: [ATTRIBUTE.operation, ATTRIBUTE.failure], timed: true },
  /** What served within the last minutes, health checks included: they come when nobody else does. */
  versions: { namespace: "worker.versions", attributes: [ATTRIBUTE.version], timed: false },
} as const satisfies Readonly<Record<string, SpanSeries>>;

/** The counter's name in Prometheus: unit and type come last. */
export function counterOf({ namespace }: SpanSeries): string {
  return `${asName(namespace)}_calls_total`;
}

/** The histogram's name in Prometheus, without `_bucket`; it counts in seconds. */
export function histogramOf({ namespace }: SpanSeries): string {
  return `${asName(namespace)}_duration_seconds`;
}

/** What OpenTelemetry's names are in Prometheus. https://prometheus.io/docs/guides/opentelemetry/#utf-8 */
export function asName(name: string): string {
  return name.replace(/\W/g, "_");
}

/** Labels of `probe_success` beside the stage's: Prometheus' own. */
export const PROBE_LABELS = ["job", "instance"] as const;
