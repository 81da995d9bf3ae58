import type { Opening } from "../constructs/kubernetes/namespace-safety";
import type { KubernetesCluster } from "../declaration/clusters";
import type { Container } from "../declaration/container";

/** Who may connect to a service's pods: the cluster's entrance, and what scrapes their metrics. */
export interface Openings {
  readonly entrance: Opening;
  /** Undefined: the cluster scrapes nothing, or the container has no metrics. */
  readonly scraping: Opening | undefined;
}

export function openings(
  { entrance, metrics }: Pick<KubernetesCluster, "entrance" | "metrics">,
  container: Pick<Container, "port" | "metrics">,
): Openings {
  return {
    entrance: { from: entrance.podsIn, port: container.port },
    scraping:
      metrics === undefined || container.metrics === undefined
        ? undefined
        : { from: metrics.scrapedFrom, port: container.metrics.port },
  };
}
