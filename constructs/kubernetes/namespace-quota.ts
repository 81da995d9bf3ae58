import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { NamespacedProps } from "./namespaced";
import { countQuantity, cpuQuantity, memoryQuantity } from "./quantities";

/** What all pods of a namespace may ask for together. */
export interface Quota {
  /** Sum of the requests. Thousandths of a CPU. */
  readonly cpuMillis: number;
  /** Sum of the requests, and of the limits. Mebibytes. */
  readonly memoryMebibytes: number;
  readonly pods: number;
}

export interface NamespaceQuotaProps extends NamespacedProps {
  readonly quota: Quota;
}

/**
 * What a namespace may use at most. It has no Service of a type that opens the cluster to the outside: requests come by the entrance
 * only. https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export class NamespaceQuota extends Construct {
  readonly quota: ITerraformDependable;

  constructor(scope: Construct, id: string, { namespace, labels, quota }: NamespaceQuotaProps) {
    super(scope, id);
    const memory = memoryQuantity(quota.memoryMebibytes);
    this.quota = new ResourceQuotaV1(this, "Default", {
      metadata: { name: "quota", namespace, labels: { ...labels } },
      spec: {
        hard: {
          "requests.cpu": cpuQuantity(quota.cpuMillis),
          "requests.memory": memory,
          "limits.memory": memory,
          pods: countQuantity(quota.pods),
          "services.loadbalancers": "0",
          "services.nodeports": "0",
        },
      },
    });
  }
}
