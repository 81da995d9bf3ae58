import type { Cluster, ClusterStage } from "./cluster";
import { type PhaseName, reached } from "./phase";
import type { Service } from "./service";
import type { StatefulRecord } from "./stateful";

type ClusterSource = Pick<Service, "phase" | "cluster" | "stages">;

/** The entry of the stateful record that says which namespace a stage has in a cluster. */
export function namespaceAddress(stage: string, { cluster }: Pick<ClusterStage, "cluster">): string {
  return `${stage}/namespace/${cluster}`;
}

/**
 * The phase that brings a stage in a cluster. Production comes with the canary: where the train goes, or else the last stage, for stages are
 * declared in the order in which a change passes them. All others come with the rehearsal.
 */
export function phaseOfClusterStage({ cluster, stages }: Omit<ClusterSource, "phase">, stage: string): PhaseName {
  const production = cluster?.train?.stage ?? Object.keys(stages).at(-1);
  return stage === production ? "canary" : "rehearsal";
}

/**
 * What runs in Kubernetes as far as the phase is on; undefined when nothing is. A stage whose namespace exists stays when the phase goes back, with
 * its release: only its canary is relaxed.
 */
export function clusterInPhase(service: ClusterSource, stateful: StatefulRecord): Cluster | undefined {
  const { cluster } = service;
  if (cluster === undefined || reached(service, "canary")) return cluster;
  const stages: Record<string, ClusterStage> = {};
  for (const [name, { canary: _canary, ...stage }] of Object.entries(cluster.stages)) {
    const exists = Object.hasOwn(stateful, namespaceAddress(name, stage));
    if (exists || reached(service, phaseOfClusterStage(service, name))) stages[name] = stage;
  }
  const { previews, train, ...always } = cluster;
  const on = {
    ...always,
    stages,
    ...(previews !== undefined && reached(service, "previews") && { previews }),
    // Where it goes is for its workflow to say: it builds and signs in the environment of its first stage, also while it goes nowhere yet.
    ...(train !== undefined && reached(service, "signing") && { train }),
  };
  return Object.keys(stages).length > 0 || "previews" in on || "train" in on ? on : undefined;
}
