import type { KubernetesCluster } from "./clusters";
import type { Organization } from "./organization";

/** @throws Error if the organization has no such cluster */
export function knownCluster({ clusters = {} }: Pick<Organization, "clusters">, name: string): KubernetesCluster {
  const found = Object.hasOwn(clusters, name) ? clusters[name] : undefined;
  if (found !== undefined) return found;
  throw new Error(
    `cluster "${name}" is unknown\nexpected one of the organization's: ${Object.keys(clusters).join(", ") || "none"}\ndeclare organization.clusters.${name}`,
  );
}
