import { ATTRIBUTE, histogramOf, SPAN_SERIES, type SpanSeries } from "../../declaration/worker-series";
import type { RenderedFile } from "../rendered-file";
import { map, mapValues, spaced, yamlFile } from "../yaml-nodes";
import { type MeasuredService, stageLabels } from "./measured-service";
import { type Plain, plainNode } from "./plain-nodes";
import {
  labelStages,
  NOT_INVOCATIONS,
  NOT_QUERIES,
  notRequests,
  ofOthers,
  QUERY_VALUES,
  REQUEST_VALUES,
} from "./span-statements";

export const COLLECTOR_FILE = "observability/collector.yaml";

/** The variable in which the collector finds the token that Cloudflare's destination sends. */
export const COLLECTOR_TOKEN = "OTLP_TOKEN";

/** Series of one kind: which spans they are made of, and what is written on these before. */
interface Branch {
  readonly series: SpanSeries;
  readonly drop: readonly string[];
  readonly set: readonly string[];
  /** What counts as one source of spans; its series end when it has been silent. */
  readonly source: readonly string[];
  /** Series without spans for so long are no longer shown. Seconds. @default - they stay */
  readonly expireSeconds?: number;
}

/** A version that served nobody for so long doesn't run any more; health checks come more often. */
const VERSION_EXPIRES_SECONDS = 300;

/** Each release begins series of its own. They stay over days without a request, or a closed shop would look like lost metrics. */
const REQUESTS_EXPIRE_SECONDS = 7 * 86_400;

/** More series than this of one kind would be a mistake; what goes beyond is counted under `otel_metric_overflow`. */
const MOST_SERIES = 1000;

/**
 * Configuration of an OpenTelemetry collector (distribution contrib; tried with 0.155) that counts and times a Worker's spans. Its components
 * carry the service's name, so that one collector can read the files of many services: `--config a.yaml --config b.yaml`.
 * Keys: https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector#configurations
 */
export function collectorFile(service: MeasuredService): RenderedFile {
  const { name } = service;
  const branches = branchesOf(service);
  const port = service.metrics.collector.split(":")[1] ?? "";
  const config: Readonly<Record<string, Plain>> = {
    extensions: { bearertokenauth: { token: `\${env:${COLLECTOR_TOKEN}}` } },
    receivers: {
      otlp: { protocols: { http: { endpoint: "0.0.0.0:4318", auth: { authenticator: "bearertokenauth" } } } },
    },
    processors: Object.fromEntries(
      Object.entries(branches).flatMap(([key, { drop, set }]): [string, Plain][] => [
        [`filter/${name}-${key}`, { error_mode: "ignore", traces: { span: literal([ofOthers(service), ...drop]) } }],
        [
          `transform/${name}-${key}`,
          { error_mode: "ignore", trace_statements: literal([...labelStages(service), ...set]) },
        ],
      ]),
    ),
    connectors: Object.fromEntries(
      Object.entries(branches).map(([key, branch]) => [`spanmetrics/${name}-${key}`, connector(service, branch)]),
    ),
    // Series come again with each flush, so what isn't there for a few of them has ended.
    exporters: {
      prometheus: {
        endpoint: `0.0.0.0:${port}`,
        add_metric_suffixes: true,
        without_scope_info: true,
        metric_expiration: `${4 * service.scrapeSeconds}s`,
      },
    },
    service: {
      extensions: ["bearertokenauth"],
      pipelines: {
        ...Object.fromEntries(
          Object.keys(branches).map((key) => [
            `traces/${name}-${key}`,
            {
              receivers: ["otlp"],
              processors: [`filter/${name}-${key}`, `transform/${name}-${key}`],
              exporters: [`spanmetrics/${name}-${key}`],
            },
          ]),
        ),
        [`metrics/${name}`]: {
          receivers: Object.keys(branches).map((key) => `spanmetrics/${name}-${key}`),
          exporters: ["prometheus"],
        },
      },
    },
  };
  return {
    path: COLLECTOR_FILE,
    content: yamlFile(name, spaced(map(mapValues(config, plainNode))), [
      "",
      "For an OpenTelemetry collector, distribution contrib, 0.155 or newer: otelcol-contrib --config collector.yaml",
      `Cloudflare's destination "${service.metrics.destination}" sends spans to it: https://<its host>/v1/traces, with the header`,
      `"Authorization: Bearer <token>"; the token is in ${COLLECTOR_TOKEN}. What ends TLS stands before port 4318.`,
      "One collector, not several behind a balancer: each would count a part under the same names.",
    ]),
    executable: false,
  };
}

function branchesOf(service: MeasuredService): Readonly<Record<string, Branch>> {
  const { requests, queries, versions } = SPAN_SERIES;
  const source = ["service.name"];
  const version = [...source, ATTRIBUTE.version];
  return {
    requests: {
      series: requests,
      drop: notRequests(service),
      set: REQUEST_VALUES,
      source: version,
      expireSeconds: REQUESTS_EXPIRE_SECONDS,
    },
    ...(service.edge.d1 === undefined
      ? {}
      : { queries: { series: queries, drop: NOT_QUERIES, set: QUERY_VALUES, source } }),
    versions: {
      series: versions,
      drop: NOT_INVOCATIONS,
      set: [],
      source: version,
      expireSeconds: VERSION_EXPIRES_SECONDS,
    },
  };
}

function connector(service: MeasuredService, { series, source, expireSeconds }: Branch): Plain {
  const bounds = bucketsOf(service, series);
  return {
    namespace: series.namespace,
    histogram:
      bounds === undefined
        ? { disable: true }
        : { unit: "s", explicit: { buckets: bounds.map((bound) => `${milliseconds(bound)}ms`) } },
    // Without the collector's own id a restart is a reset of the same counters, and not new ones beside the old.
    exclude_dimensions: ["service.name", "span.name", "span.kind", "status.code", "collector.instance.id"],
    dimensions: literal([...stageLabels(service), ...series.attributes]).map((name) => ({ name })),
    // Colo, region and version are attributes of the resource too: each would be a counter of its own.
    resource_metrics_key_attributes: source,
    aggregation_cardinality_limit: MOST_SERIES,
    metrics_flush_interval: `${service.scrapeSeconds}s`,
    metrics_expiration: expireSeconds === undefined ? undefined : `${expireSeconds}s`,
  };
}

/** Bounds that the signals on the histogram ask for: the declaration's check holds them equal. Undefined when no signal is on it. */
function bucketsOf({ telemetry }: MeasuredService, series: SpanSeries): readonly number[] | undefined {
  if (!series.timed) return undefined;
  const signal = Object.values(telemetry.signals).find(
    (candidate) => candidate.kind === "latency" && candidate.metric === histogramOf(series),
  );
  return signal?.kind === "latency" ? signal.buckets : undefined;
}

/** 0.07 × 1000 is 70.00000000000001 in floating point. */
function milliseconds(seconds: number): number {
  return Number((seconds * 1000).toPrecision(12));
}

/** The collector takes `$` for the beginning of a variable. https://opentelemetry.io/docs/collector/configuration/#environment-variables */
function literal(texts: readonly string[]): readonly string[] {
  return texts.map((text) => text.replaceAll("$", "$$$$"));
}
