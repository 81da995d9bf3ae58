import type { Organization } from "./organization";
import type { Service } from "./service";

/**
 * Whether Argo Rollouts can judge a stage: it runs there, the service promises something, and the cluster has metrics that see the stage. Such a stage
 * has a gate; a canary needs it.
 */
export function isJudged(
  { cluster, objectives = {}, telemetry }: Pick<Service, "cluster" | "objectives" | "telemetry">,
  { clusters = {} }: Pick<Organization, "clusters">,
  stage: string,
): boolean {
  const declared = cluster?.stages[stage];
  return (
    Object.keys(objectives).length > 0 &&
    telemetry?.stages[stage] !== undefined &&
    declared?.workload === "rollout" &&
    clusters[declared.cluster]?.metrics !== undefined
  );
}
