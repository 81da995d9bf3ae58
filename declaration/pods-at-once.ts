import type { ClusterStage } from "./cluster";

/**
 * The most pods of a stage at once. A canary grows to the size of the stable version, which keeps its own until the end, so that going back
 * needs no new pod: twice as many. Without one, a quarter more while a new version replaces the old: the default of `maxSurge`.
 */
export function podsAtOnce({ canary, replicas }: Pick<ClusterStage, "canary" | "replicas">): number {
  return canary === undefined ? replicas.most + Math.ceil(replicas.most / 4) : 2 * replicas.most;
}

/** The most pods of a preview at once: its one, the one of the version before, and the job that fills it. */
export const PREVIEW_PODS = 3;
