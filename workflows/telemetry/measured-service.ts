import type { Edge } from "../../declaration/edge";
import type { Organization } from "../../declaration/organization";
import type { Service } from "../../declaration/service";
import type { Telemetry } from "../../declaration/telemetry";
import type { WorkerMetrics } from "../../declaration/worker-metrics";

/** A stage of which there are series. */
export interface MeasuredStage {
  readonly stage: string;
  /** Name of its Worker, which is `service.name` on its spans. */
  readonly worker: string;
  /** Labels that all of its series get. */
  readonly labels: Readonly<Record<string, string>>;
}

/** A service whose Worker is measured. */
export interface MeasuredService {
  readonly name: string;
  readonly edge: Edge;
  readonly metrics: WorkerMetrics;
  readonly telemetry: Telemetry;
  readonly stages: readonly MeasuredStage[];
  /** How often Prometheus scrapes. Seconds. */
  readonly scrapeSeconds: number;
}

/** @returns undefined when the declaration says nothing of the Worker's metrics. */
export function measuredService(service: Service, organization: Organization): MeasuredService | undefined {
  const { name, edge, telemetry } = service;
  if (edge?.metrics === undefined || telemetry === undefined) return undefined;
  const source = organization.grafana?.dataSources[telemetry.dataSource];
  if (source === undefined) {
    throw new Error(
      `service "${name}": telemetry.dataSource is "${telemetry.dataSource}", which the organization's grafana.dataSources doesn't have; declare it`,
    );
  }
  const stages = Object.entries(telemetry.stages).map(([stage, { where }]) => {
    const worker = edge.workers[stage];
    if (worker === undefined) {
      throw new Error(
        `service "${name}": telemetry has the stage "${stage}", which has no Worker; name it in edge.workers`,
      );
    }
    const labels = Object.entries(where).map(([label, value]) => {
      if (typeof value === "string") return [label, value] as const;
      throw new Error(
        `service "${name}": telemetry.stages.${stage}.where.${label} is ${JSON.stringify(value)}; the collector needs a value to write`,
      );
    });
    return { stage, worker, labels: Object.fromEntries(labels) };
  });
  return { name, edge, metrics: edge.metrics, telemetry, stages, scrapeSeconds: source.scrapeSeconds };
}

/** Labels by which the service's stages are known, each once. */
export function stageLabels({ stages }: MeasuredService): readonly string[] {
  return [...new Set(stages.flatMap(({ labels }) => Object.keys(labels)))];
}
