import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { NamespacedProps } from "./namespaced";

/**
 * No pod of a namespace gets a connection or opens one; what another policy allows is allowed all the same: policies add up.
 * A cluster whose network plugin doesn't know policies keeps none of them.
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-ingress-and-all-egress-traffic
 */
export class DefaultDeny extends Construct {
  readonly policy: ITerraformDependable;

  constructor(scope: Construct, id: string, { namespace, labels }: NamespacedProps) {
    super(scope, id);
    this.policy = new NetworkPolicyV1(this, "Default", {
      metadata: { name: "default-deny", namespace, labels: { ...labels } },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    });
  }
}
