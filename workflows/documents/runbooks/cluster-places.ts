import { workloadName } from "../../../declaration/cluster-names";
import type { RunbookSource } from "./runbook-source";

/** Where a stage of the service is in a cluster, as commands need it. */
export interface ClusterPlace {
  readonly stage: string;
  /** Key of the organization's `clusters`. */
  readonly cluster: string;
  /** Context of the kubeconfig, as the declaration has it. */
  readonly context: string;
  readonly namespace: string;
  readonly workload: "rollout" | "deployment";
  /** Name of the workload. */
  readonly name: string;
}

/** The stages in clusters, in the order in which a change passes them. */
export function clusterPlaces({ service, organization }: RunbookSource): readonly ClusterPlace[] {
  const { cluster: runs, stages } = service;
  return Object.keys(stages).flatMap((stage) => {
    const found = runs !== undefined && Object.hasOwn(runs.stages, stage) ? runs.stages[stage] : undefined;
    if (found === undefined) return [];
    const { cluster, namespace, workload } = found;
    const context = organization.clusters?.[cluster]?.context ?? cluster;
    return [{ stage, cluster, context, namespace, workload, name: workloadName(service) }];
  });
}

export function placeOf(source: RunbookSource, stage: string): ClusterPlace | undefined {
  return clusterPlaces(source).find((place) => place.stage === stage);
}

/** A command of kubectl. */
export function kubectl({ context, namespace }: ClusterPlace, command: string): string {
  return `kubectl --context ${context} --namespace ${namespace} ${command}`;
}

/**
 * A command of the plugin that Argo Rollouts brings, on the workload; kubectl takes no option before the name of a plugin.
 * https://argo-rollouts.readthedocs.io/en/stable/features/kubectl-plugin/
 */
export function rollouts({ context, namespace, name }: ClusterPlace, command: string, options = ""): string {
  return `kubectl argo rollouts ${command} ${name} --context ${context} --namespace ${namespace}${options === "" ? "" : ` ${options}`}`;
}

/** The command that starts its pods again. */
export function restart(place: ClusterPlace): string {
  return place.workload === "rollout"
    ? rollouts(place, "restart")
    : kubectl(place, `rollout restart ${workloadOf(place)}`);
}

/** The workload as kubectl names it: kind and name. */
export function workloadOf({ workload, name }: ClusterPlace): string {
  return workload === "rollout" ? `rollouts.argoproj.io/${name}` : `deployments.apps/${name}`;
}
