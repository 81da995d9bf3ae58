import type { ClusterStage } from "../../declaration/cluster";
import type { KubernetesCluster } from "../../declaration/clusters";
import { isJudged } from "../../declaration/judged";
import type { Organization } from "../../declaration/organization";
import type { Service } from "../../declaration/service";
import { stageAnalysis } from "../../objectives/canary-analysis";
import type { ServiceValues } from "./service-values";

export interface AnalysisOf {
  readonly service: Service;
  readonly stage: string;
  readonly organization: Pick<Organization, "clusters" | "grafana">;
  readonly cluster: Pick<KubernetesCluster, "metrics">;
  readonly declared: Pick<ClusterStage, "canary" | "workload">;
}

/**
 * What Argo Rollouts judges the stage by; undefined where nobody can: the cluster has no metrics or the stage no telemetry, the service promises
 * nothing, or the stage isn't run by that controller.
 *
 * @throws Error when a canary is declared all the same, or the data source of the telemetry is unknown
 */
export function analysisValues(props: AnalysisOf): ServiceValues["analysis"] {
  const { service, stage, organization, cluster, declared } = props;
  const { telemetry } = service;
  const { metrics } = cluster;
  if (!isJudged(service, organization, stage) || metrics === undefined || telemetry === undefined) {
    if (declared.canary === undefined) return undefined;
    throw new Error(
      `service "${service.name}", stage "${stage}": a canary that nobody can judge\nexpected a rollout with objectives, telemetry of the stage, and metrics of its cluster\ndeclare them, or drop the canary`,
    );
  }
  const sources = organization.grafana?.dataSources ?? {};
  const source = Object.hasOwn(sources, telemetry.dataSource) ? sources[telemetry.dataSource] : undefined;
  if (source === undefined)
    throw new Error(
      `service "${service.name}": its data source "${telemetry.dataSource}" is unknown\nexpected one of the organization's: ${Object.keys(sources).join(", ") || "none"}\ndeclare grafana.dataSources.${telemetry.dataSource}: its scrape interval says how often a canary can be judged`,
    );
  const { gate, step, watch } = stageAnalysis(service, stage, {
    canary: declared.canary,
    scrapeSeconds: source.scrapeSeconds,
  });
  return {
    prometheus: {
      address: metrics.url,
      ...(metrics.authorization !== undefined && { authorization: metrics.authorization }),
    },
    gate,
    step,
    watch,
  };
}
