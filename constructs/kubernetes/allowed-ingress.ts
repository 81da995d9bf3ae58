import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { NamespacedProps } from "./namespaced";

export interface AllowedIngressProps extends NamespacedProps {
  /** Name of the policy: what the connections are for, such as `allow-entrance`. */
  readonly name: string;
  /** Namespace whose pods may connect. */
  readonly from: string;
  /** TCP. */
  readonly port: number;
}

/** All pods of a namespace take connections of the pods of one other namespace, on one port. */
export class AllowedIngress extends Construct {
  readonly policy: ITerraformDependable;

  constructor(scope: Construct, id: string, { namespace, labels, name, from, port }: AllowedIngressProps) {
    super(scope, id);
    this.policy = new NetworkPolicyV1(this, "Default", {
      metadata: { name, namespace, labels: { ...labels } },
      spec: {
        podSelector: {},
        policyTypes: ["Ingress"],
        ingress: [
          {
            // The API server sets this label on every namespace, and nobody can give it to another one.
            from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": from } } }],
            ports: [{ port: String(port), protocol: "TCP" }],
          },
        ],
      },
    });
  }
}
