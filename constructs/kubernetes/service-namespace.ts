import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { DEPLOYER, KUBERNETES, MANAGED_BY, NAMESPACE_KIND } from "../../declaration/cluster-names";
import type { Destination } from "./allowed-egress";
import { DeployerAccount } from "./deployer-account";
import type { WorkloadKind } from "./deployer-role";
import type { Quota } from "./namespace-quota";
import { NamespaceSafety, type Opening } from "./namespace-safety";
import type { NamespacedProps } from "./namespaced";
import { SecuredNamespace } from "./secured-namespace";
import { WorkloadAccount } from "./workload-account";

export interface ServiceNamespaceProps {
  /** A DNS label. Another name is another namespace, and what the old one keeps is not in it: it can't be destroyed by a plan. */
  readonly name: string;
  /** Name of the service; its pods' service account is called so. */
  readonly service: string;
  readonly stage: string;
  /** Team that answers for it. */
  readonly ownerTeam: string;
  /** Minor version of Kubernetes whose pod security standard is meant, such as "1.33". */
  readonly kubernetesVersion: string;
  readonly quota: Quota;
  /** Where requests come from, and the port of HTTP. */
  readonly entrance: Opening;
  /** Where metrics are read from, and their port. @default - nobody may */
  readonly scraping?: Opening | undefined;
  /** Where pods may connect to, besides the cluster's DNS. @default - nowhere */
  readonly egress?: readonly Destination[] | undefined;
  /** What the service is run by. */
  readonly workload: WorkloadKind;
  /** Whether a release train deploys to it: it then has a service account of its own, which may do that and nothing else. */
  readonly deployer: boolean;
}

/** A stage of a service in a cluster: its namespace, safe by default, with who works in it. What runs in it is not its matter. */
export class ServiceNamespace extends Construct {
  /** Name of the namespace, as a reference: what uses it is created after it. */
  readonly namespaceName: string;
  /** The namespace and its labels, for what else is made in it. */
  readonly within: NamespacedProps;
  /** Service account that pods run as. */
  readonly serviceAccount: string;
  /** What must be there before a pod is made: quota, limits, network policies, service account. */
  readonly beforePods: readonly ITerraformDependable[];

  /** @throws Error when the service is called as the deployer is: both would have the same service account */
  constructor(scope: Construct, id: string, props: ServiceNamespaceProps) {
    super(scope, id);
    const { service, stage, quota, entrance, scraping, egress, workload } = props;
    if (service === DEPLOYER) {
      throw new Error(
        `service "${service}" is called as the service account of release trains is, and its pods would be allowed to deploy; rename the service`,
      );
    }
    const labels = {
      [MANAGED_BY.label]: MANAGED_BY.value,
      [KUBERNETES.service]: service,
      [KUBERNETES.stage]: stage,
    };
    const { namespaceName: namespace } = new SecuredNamespace(this, "Default", {
      name: props.name,
      labels: { ...labels, [KUBERNETES.kind]: NAMESPACE_KIND.stage },
      annotations: { [KUBERNETES.owner]: props.ownerTeam },
      podSecurity: "restricted",
      kubernetesVersion: props.kubernetesVersion,
      preventDestroy: true,
    });
    const safety = new NamespaceSafety(this, "safety", { namespace, labels, quota, entrance, scraping, egress });
    const { account, accountName } = new WorkloadAccount(this, "account", { namespace, labels, name: service });
    if (props.deployer) new DeployerAccount(this, DEPLOYER, { namespace, labels, workload });
    this.namespaceName = namespace;
    this.within = { namespace, labels };
    this.serviceAccount = accountName;
    this.beforePods = [...safety.bounds, account];
  }
}
