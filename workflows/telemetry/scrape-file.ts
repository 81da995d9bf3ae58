import { healthUrl } from "../../declaration/health-url";
import type { RenderedFile } from "../rendered-file";
import { map, mapValues, spaced, yamlFile } from "../yaml-nodes";
import { type MeasuredService, stageLabels } from "./measured-service";
import { type Plain, plainNode } from "./plain-nodes";

export const SCRAPE_FILE = "observability/prometheus-scrape.yml";

/** Longest that a probe may take; a service that needs longer to say that it is well is not. Seconds. */
const PROBE_TIMEOUT_SECONDS = 10;

/**
 * What Prometheus scrapes for a service: the health check of each stage through the blackbox exporter, and the collector.
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
 */
export function scrapeFile(service: MeasuredService): RenderedFile {
  const config: Readonly<Record<string, Plain>> = { scrape_configs: [health(service), collector(service)] };
  return {
    path: SCRAPE_FILE,
    content: yamlFile(service.name, spaced(map(mapValues(config, plainNode))), [
      "",
      "For Prometheus (2.43 or newer): name this file in scrape_config_files. The blackbox exporter needs its module http_2xx,",
      "as in the configuration that it comes with.",
    ]),
    executable: false,
  };
}

function health(service: MeasuredService): Plain {
  const { name, stages, scrapeSeconds, metrics } = service;
  return {
    job_name: `${name}-health`,
    metrics_path: "/probe",
    params: { module: ["http_2xx"] },
    scrape_interval: `${scrapeSeconds}s`,
    scrape_timeout: `${Math.min(PROBE_TIMEOUT_SECONDS, scrapeSeconds)}s`,
    static_configs: stages.map(({ stage, labels }) => ({ targets: [probed(service, stage)], labels })),
    // https://github.com/prometheus/blackbox_exporter#prometheus-configuration
    relabel_configs: [
      { source_labels: ["__address__"], target_label: "__param_target" },
      { source_labels: ["__param_target"], target_label: "instance" },
      { target_label: "__address__", replacement: metrics.prober },
    ],
  };
}

/** Of the collector only what is the service's: another service's file may name the same collector, and would count everything twice. */
function collector(service: MeasuredService): Plain {
  const { name, stages, scrapeSeconds, metrics } = service;
  const labels = stageLabels(service);
  const own = stages.map((stage) => labels.map((label) => escaped(stage.labels[label] ?? "")).join(";"));
  return {
    job_name: `${name}-collector`,
    scrape_interval: `${scrapeSeconds}s`,
    scrape_timeout: `${Math.min(PROBE_TIMEOUT_SECONDS, scrapeSeconds)}s`,
    static_configs: [{ targets: [metrics.collector] }],
    metric_relabel_configs: [{ source_labels: labels, regex: own.join("|"), action: "keep" }],
  };
}

function probed({ name, edge }: MeasuredService, stage: string): string {
  const url = healthUrl(edge, stage);
  if (url !== undefined) return url;
  throw new Error(
    `service "${name}": no address under which the health check of the stage "${stage}" answers; ` +
      `give edge.addresses.${stage} a hostname, or a route that ends with /*`,
  );
}

/** Text that an RE2 expression matches as it stands. https://github.com/google/re2/wiki/Syntax */
function escaped(value: string): string {
  return value.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
}
