import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { NamespacedProps } from "./namespaced";

export interface WorkloadAccountProps extends NamespacedProps {
  /** Name of the service account. */
  readonly name: string;
}

/** Who a service's pods are. It may do nothing in the cluster, and its pods get no token. */
export class WorkloadAccount extends Construct {
  readonly accountName: string;
  readonly account: ITerraformDependable;

  constructor(scope: Construct, id: string, { namespace, labels, name }: WorkloadAccountProps) {
    super(scope, id);
    const account = new ServiceAccountV1(this, "Default", {
      metadata: { name, namespace, labels: { ...labels } },
      automountServiceAccountToken: false,
    });
    this.account = account;
    this.accountName = account.metadata.name;
  }
}
