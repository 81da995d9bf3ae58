import type { Edge } from "../edge";
import { healthUrl } from "../health-url";
import { didYouMean, oneOf, show } from "../problem";
import type { Telemetry } from "../telemetry";
import type { WorkerMetrics } from "../worker-metrics";
import { asName, counterOf, histogramOf, PROBE_LABELS, SPAN_SERIES, type SpanSeries } from "../worker-series";
import type { CheckContext } from "./context";
import { workerBucketsProblems } from "./worker-buckets";
import { type Asked, askedOf } from "./worker-signals";

type Report = CheckContext["report"];

/** Signals ask for series that the Worker's spans really become, under their names and labels; stages are told apart by what can be written. */
export function workerMetricsProblems(context: CheckContext): void {
  const { service, report } = context;
  const { edge, telemetry } = service;
  if (edge?.metrics === undefined) return;
  if (telemetry === undefined) {
    report(["edge", "metrics"], {
      came: "metrics of the Worker without telemetry",
      expected: "telemetry: by which labels its stages are known, and what the series say",
      remedy: "declare telemetry, or drop edge.metrics",
    });
    return;
  }
  if (!edge.worker.observability) {
    report(["edge", "worker", "observability"], {
      came: "false, with edge.metrics",
      expected: "true: the Worker's metrics are made of its spans",
      remedy: "write true, or drop edge.metrics",
    });
  }
  stages(context, edge, telemetry);
  const series = seriesOf(edge);
  const stageLabels = [...new Set(Object.values(telemetry.stages).flatMap(({ where }) => Object.keys(where)))];
  for (const asked of askedOf(telemetry, service.dashboard)) {
    if (edge.metrics.otherMetrics?.includes(asked.metric)) continue;
    const found = series.find(({ metric, as }) => metric === asked.metric && as === asked.as);
    if (found === undefined) unknownMetric(report, asked, series);
    else unknownLabels(report, asked, [...found.labels, ...stageLabels]);
  }
  otherMetrics(report, edge.metrics, telemetry, series);
  workerBucketsProblems(report, telemetry, edge.metrics);
}

/** A series that exists, and as what a signal may ask for it. */
interface Series {
  readonly metric: string;
  readonly as: Asked["as"];
  readonly labels: readonly string[];
}

function seriesOf(edge: Edge): readonly Series[] {
  const { queries, ...always } = SPAN_SERIES;
  const spans: readonly SpanSeries[] = Object.values(edge.d1 === undefined ? always : { ...always, queries });
  return [
    ...spans.flatMap((entry): Series[] => {
      const labels = entry.attributes.map(asName);
      const counter: Series = { metric: counterOf(entry), as: "counter", labels };
      return entry.timed ? [counter, { metric: histogramOf(entry), as: "histogram", labels }] : [counter];
    }),
    { metric: "probe_success", as: "probe", labels: PROBE_LABELS },
  ];
}

/** The collector writes the stage's labels, so each must have one value; and somebody must answer the probe. */
function stages({ service, report }: CheckContext, edge: Edge, telemetry: Telemetry): void {
  const own: readonly string[] = [
    ...Object.values(SPAN_SERIES).flatMap(({ attributes }) => attributes.map(asName)),
    "le",
  ];
  for (const [stage, { where }] of Object.entries(telemetry.stages)) {
    if (!Object.hasOwn(service.stages, stage)) continue;
    const path = ["telemetry", "stages", stage];
    if (!Object.hasOwn(edge.workers, stage)) {
      report(path, {
        came: `${show(stage)}, which has no Worker`,
        expected: oneOf(Object.keys(edge.workers), "stages with a Worker: the series come from it"),
        remedy: "name its Worker in edge.workers, or drop the stage here",
      });
    } else if (healthUrl(edge, stage) === undefined) {
      report(["edge", "addresses"], {
        came: `no address of ${show(stage)} under which its health check answers`,
        expected: "an address for each stage of telemetry: it is probed there",
        remedy: `give edge.addresses.${stage} a hostname, or a route that ends with /*`,
      });
    }
    if (Object.keys(where).length === 0) {
      report([...path, "where"], {
        came: "no label",
        expected: "a label at least: the collector writes it on each series of the stage",
        remedy: 'write e.g. { service: "…", env: "production" }',
      });
    }
    for (const [label, value] of Object.entries(where)) {
      if (typeof value !== "string" || value === "") {
        report([...path, "where", label], {
          came: show(value),
          expected: "a value: the collector writes it on each series of the stage",
          remedy: 'write e.g. { env: "production" }',
        });
      }
      if (own.includes(label) || (PROBE_LABELS as readonly string[]).includes(label)) {
        report([...path, "where", label], {
          came: show(label),
          expected: "a label that the series don't have already",
          remedy: "choose another, e.g. service, env",
        });
      }
    }
  }
}

function unknownMetric(report: Report, asked: Asked, series: readonly Series[]): void {
  const fitting = series.filter(({ as }) => as === asked.as).map(({ metric }) => metric);
  report(asked.path, {
    came: `${show(asked.metric)}, which the Worker's spans don't become`,
    expected: oneOf(fitting, `${asked.as}s that there are`),
    remedy: `name one of them, or add it to edge.metrics.otherMetrics${didYouMean(asked.metric, fitting)}`,
  });
}

function unknownLabels(report: Report, asked: Asked, labels: readonly string[]): void {
  for (const { path, label } of asked.labels) {
    if (labels.includes(label)) continue;
    report(path, {
      came: `${show(label)}, which ${asked.metric} doesn't have`,
      expected: oneOf(labels, `labels of ${asked.metric}`),
      remedy: `name one of them${didYouMean(label, labels)}`,
    });
  }
}

function otherMetrics(
  report: Report,
  { otherMetrics = [] }: WorkerMetrics,
  telemetry: Telemetry,
  series: readonly Series[],
): void {
  const asked = new Set(askedOf(telemetry, undefined).map(({ metric }) => metric));
  otherMetrics.forEach((metric, index) => {
    const made = series.some((entry) => entry.metric === metric);
    if (!made && asked.has(metric) && otherMetrics.indexOf(metric) === index) return;
    report(["edge", "metrics", "otherMetrics", index], {
      came: made
        ? `${show(metric)}, which the Worker's own series include`
        : `${show(metric)}, which no signal needs here`,
      expected: "metrics from elsewhere that signals ask for, each once",
      remedy: "remove it",
    });
  });
}
