import type { KubernetesCluster } from "../declaration/clusters";
import type { Fleet } from "../declaration/fleet";
import { type Clock, systemClock } from "./clock";
import type { ClusterApi } from "./cluster-api";
import { Kubectl } from "./kubectl";
import { type PreviewStacks, TerraformPreviews } from "./preview-terraform";

/** What the verbs of previews work with. */
export interface PreviewRunOptions {
  /** The project's directory: stacks are synthesized, and local states kept, in its `.gatehouse`. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** @default - the machine's own */
  readonly clock?: Clock | undefined;
  /** @default - kubectl */
  readonly clusters?: ((cluster: KubernetesCluster) => ClusterApi) | undefined;
  /** @default - Terraform */
  readonly stacks?: PreviewStacks | undefined;
}

export interface PreviewRun {
  readonly fleet: Fleet;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
  readonly stacks: PreviewStacks;
  clusterOf(cluster: KubernetesCluster): ClusterApi;
}

export function previewRun(fleet: Fleet, options: PreviewRunOptions): PreviewRun {
  const { root, environment, signal, clock = systemClock } = options;
  const { organization } = fleet;
  return {
    fleet,
    environment,
    signal,
    clock,
    stacks: options.stacks ?? new TerraformPreviews({ organization, root, environment, signal }),
    clusterOf: options.clusters ?? (({ context }) => new Kubectl({ context, environment, signal })),
  };
}
