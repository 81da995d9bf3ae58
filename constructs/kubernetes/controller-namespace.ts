import { Construct } from "constructs";
import { KUBERNETES, MANAGED_BY, NAMESPACE_KIND } from "../../declaration/cluster-names";
import type { PodSecurityLevel } from "./pod-security";
import { SecuredNamespace } from "./secured-namespace";

export interface ControllerNamespaceProps {
  /** A DNS label, such as `argo-rollouts`. */
  readonly name: string;
  /** Team that answers for the controller. */
  readonly ownerTeam: string;
  /** The strictest standard that the controller's own pods meet. */
  readonly podSecurity: PodSecurityLevel;
  /** Minor version of Kubernetes whose pod security standard is meant, such as "1.33". */
  readonly kubernetesVersion: string;
}

/**
 * The namespace of a controller that serves a whole cluster. A plan can't destroy it: with the one of Sealed Secrets would go the keys
 * without which nothing sealed can be opened again. It has no network policies: where the API server is, which a controller must reach, differs
 * from cluster to cluster.
 */
export class ControllerNamespace extends Construct {
  /** Name of the namespace, as a reference: what uses it is created after it. */
  readonly namespaceName: string;

  constructor(scope: Construct, id: string, props: ControllerNamespaceProps) {
    super(scope, id);
    this.namespaceName = new SecuredNamespace(this, "Default", {
      name: props.name,
      labels: { [MANAGED_BY.label]: MANAGED_BY.value, [KUBERNETES.kind]: NAMESPACE_KIND.controller },
      annotations: { [KUBERNETES.owner]: props.ownerTeam },
      podSecurity: props.podSecurity,
      kubernetesVersion: props.kubernetesVersion,
      preventDestroy: true,
    }).namespaceName;
  }
}
