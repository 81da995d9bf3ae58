import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { NamespacedProps } from "./namespaced";

/** Where the cluster's DNS runs: https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/ */
const DNS_NAMESPACE = "kube-system";

/** All pods of a namespace may ask the cluster's DNS, and by TCP where an answer is long. */
export class AllowedDns extends Construct {
  readonly policy: ITerraformDependable;

  constructor(scope: Construct, id: string, { namespace, labels }: NamespacedProps) {
    super(scope, id);
    this.policy = new NetworkPolicyV1(this, "Default", {
      metadata: { name: "allow-dns", namespace, labels: { ...labels } },
      spec: {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [
          {
            to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": DNS_NAMESPACE } } }],
            ports: ["UDP", "TCP"].map((protocol) => ({ port: "53", protocol })),
          },
        ],
      },
    });
  }
}
