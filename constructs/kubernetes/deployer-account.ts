import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { Construct } from "constructs";
import { DEPLOYER } from "../../declaration/cluster-names";
import { deployerRules, type WorkloadKind } from "./deployer-role";
import type { NamespacedProps } from "./namespaced";

export interface DeployerAccountProps extends NamespacedProps {
  readonly workload: WorkloadKind;
}

/**
 * Who the release train is in a namespace. No pod runs as it, and it has no Secret with a token that lasts: tokens are asked for, and end.
 * https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/
 */
export class DeployerAccount extends Construct {
  constructor(scope: Construct, id: string, { namespace, labels, workload }: DeployerAccountProps) {
    super(scope, id);
    const metadata = { name: DEPLOYER, namespace, labels: { ...labels } };
    const account = new ServiceAccountV1(this, "Default", { metadata, automountServiceAccountToken: false });
    const role = new RoleV1(this, "role", { metadata, rule: deployerRules(workload) });
    new RoleBindingV1(this, "binding", {
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role.metadata.name },
      subject: [{ kind: "ServiceAccount", name: account.metadata.name, namespace }],
    });
  }
}
