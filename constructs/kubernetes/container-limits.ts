import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Quota } from "./namespace-quota";
import type { NamespacedProps } from "./namespaced";
import { cpuQuantity, memoryQuantity } from "./quantities";

export interface ContainerLimitsProps extends NamespacedProps {
  /** Quota of the namespace. */
  readonly quota: Quota;
}

/** What a container that says nothing is taken to need. Thousandths of a CPU and mebibytes. */
const USUAL = { cpuMillis: 100, memoryMebibytes: 128 };

/**
 * What a container is given that doesn't say what it needs, and the most memory that one may have.
 *
 * A quota refuses pods that don't say it: with these defaults they fit, be the quota ever so small. CPU has no limit unless the container
 * sets one, and so none here: a `max` would become the limit of all that set none, and throttle them.
 * https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export class ContainerLimits extends Construct {
  readonly limits: ITerraformDependable;

  constructor(scope: Construct, id: string, { namespace, labels, quota }: ContainerLimitsProps) {
    super(scope, id);
    const memory = memoryQuantity(fair(USUAL.memoryMebibytes, quota.memoryMebibytes, quota.pods));
    this.limits = new LimitRangeV1(this, "Default", {
      metadata: { name: "limits", namespace, labels: { ...labels } },
      spec: {
        limit: [
          {
            type: "Container",
            default: { memory },
            defaultRequest: { cpu: cpuQuantity(fair(USUAL.cpuMillis, quota.cpuMillis, quota.pods)), memory },
            max: { memory: memoryQuantity(quota.memoryMebibytes) },
          },
        ],
      },
    });
  }
}

/** The usual, or what each pod gets if all the quota's pods share alike. */
function fair(usual: number, quota: number, pods: number): number {
  return Math.max(1, Math.min(usual, Math.floor(quota / pods)));
}
