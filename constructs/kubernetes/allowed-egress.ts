import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { NamespacedProps } from "./namespaced";

/** A block of addresses, and TCP ports there. */
export interface Destination {
  /** e.g. `10.0.0.0/8` */
  readonly cidr: string;
  readonly ports: readonly number[];
}

export interface AllowedEgressProps extends NamespacedProps {
  /** At least one. */
  readonly destinations: readonly Destination[];
}

/** All pods of a namespace may connect to the declared places outside. */
export class AllowedEgress extends Construct {
  readonly policy: ITerraformDependable;

  /** @throws Error without a destination or a port: Kubernetes takes "none" for "all" */
  constructor(scope: Construct, id: string, { namespace, labels, destinations }: AllowedEgressProps) {
    super(scope, id);
    if (destinations.length === 0 || destinations.some(({ ports }) => ports.length === 0)) {
      throw new Error(
        "egress came without a destination or without ports, and Kubernetes would allow all of them; name them, or leave egress out",
      );
    }
    this.policy = new NetworkPolicyV1(this, "Default", {
      metadata: { name: "allow-egress", namespace, labels: { ...labels } },
      spec: {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: destinations.map(({ cidr, ports }) => ({
          to: [{ ipBlock: { cidr } }],
          ports: ports.map((port) => ({ port: String(port), protocol: "TCP" })),
        })),
      },
    });
  }
}
