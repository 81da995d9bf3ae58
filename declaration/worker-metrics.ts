import { z } from "zod";
import { metricName } from "./selector";
import { matching, wanted, yesOrNo } from "./values";

const hostAndPort = (what: string, example: string) =>
  matching(
    /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?:(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])$/,
    `${what}: host:port`,
    `write e.g. "${example}", as Prometheus reaches it`,
  );

/**
 * How what a Worker does becomes series of Prometheus: Cloudflare exports its spans to an OpenTelemetry collector, which counts and times
 * them; a blackbox exporter asks for its health. Which series there are: `worker-series.ts`. Why so:
 * docs/decisions/0012-how-a-workers-signals-reach-prometheus.md.
 */
export const WorkerMetrics = z.strictObject({
  /**
   * Destination of the account's Workers Observability, of type traces. It is made there by hand, with the collector's address and its token:
   * the provider has no resource for it.
   */
  destination: matching(
    /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/,
    "the name of a destination: letters, digits and . _ -",
    "name it so in Workers Observability in the Cloudflare dashboard",
    "https://developers.cloudflare.com/workers/observability/exporting-opentelemetry-data/",
  ),
  /** Spans are kept in Cloudflare's dashboard too, for looking at single requests; what is kept is billed besides what is exported. */
  keepTraces: yesOrNo("whether spans are kept in Cloudflare's dashboard too"),
  /** Where Prometheus scrapes the collector. */
  collector: hostAndPort("the collector's address", "otel-collector.monitoring:8889"),
  /** Where Prometheus reaches the blackbox exporter. */
  prober: hostAndPort("the blackbox exporter's address", "blackbox-exporter.monitoring:9115"),
  /** Metrics from elsewhere that signals ask for besides. @default - signals are about the Worker's own series only */
  otherMetrics: z
    .array(metricName)
    .min(1, { error: wanted("at least one metric", "name it, or drop otherMetrics") })
    .readonly()
    .optional(),
});
export type WorkerMetrics = z.infer<typeof WorkerMetrics>;
