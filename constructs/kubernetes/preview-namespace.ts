import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { KUBERNETES, MANAGED_BY, NAMESPACE_KIND, PREVIEW_STAGE } from "../../declaration/cluster-names";
import type { Quota } from "./namespace-quota";
import { NamespaceSafety, type Opening } from "./namespace-safety";
import type { NamespacedProps } from "./namespaced";
import { SecuredNamespace } from "./secured-namespace";
import { WorkloadAccount } from "./workload-account";

export interface PreviewNamespaceProps {
  /** A DNS label, such as `pr-42`. */
  readonly name: string;
  /** Name of the service; its pods' service account is called so. */
  readonly service: string;
  /** Number of the pull request, from 1 on. */
  readonly pullRequest: number;
  /** Team that answers for it. */
  readonly ownerTeam: string;
  /** When the preview is made. ISO 8601 in UTC. Counts at creation only. */
  readonly createdAt: string;
  /** When it may be swept. ISO 8601 in UTC. */
  readonly expiresAt: string;
  /** Where it answers. */
  readonly url: string;
  /** Minor version of Kubernetes whose pod security standard is meant, such as "1.33". */
  readonly kubernetesVersion: string;
  readonly quota: Quota;
  /** Where requests come from, and the port of HTTP. */
  readonly entrance: Opening;
  /** Where metrics are read from, and their port. @default - nobody may */
  readonly scraping?: Opening | undefined;
}

/**
 * The namespace of one pull request's preview. As safe as a stage's, but meant to die: a destroy takes all of it. Nobody but the operations on
 * previews works in it, so it has no deployer.
 */
export class PreviewNamespace extends Construct {
  /** Name of the namespace, as a reference: what uses it is created after it. */
  readonly namespaceName: string;
  /** The namespace and its labels, for what else is made in it. */
  readonly within: NamespacedProps;
  /** Service account that pods run as. */
  readonly serviceAccount: string;
  /** What must be there before a pod is made: quota, limits, network policies, service account. */
  readonly beforePods: readonly ITerraformDependable[];

  /** @throws Error when the number is none of a pull request's */
  constructor(scope: Construct, id: string, props: PreviewNamespaceProps) {
    super(scope, id);
    const { service, pullRequest, quota, entrance, scraping } = props;
    if (!Number.isSafeInteger(pullRequest) || pullRequest < 1) {
      throw new Error(`pull request ${pullRequest} can't be; give its number, from 1 on`);
    }
    const labels = {
      [MANAGED_BY.label]: MANAGED_BY.value,
      [KUBERNETES.service]: service,
      [KUBERNETES.stage]: PREVIEW_STAGE,
    };
    const { namespaceName: namespace } = new SecuredNamespace(this, "Default", {
      name: props.name,
      labels: {
        ...labels,
        [KUBERNETES.kind]: NAMESPACE_KIND.preview,
        [KUBERNETES.pullRequest]: String(pullRequest),
      },
      annotations: {
        [KUBERNETES.owner]: props.ownerTeam,
        [KUBERNETES.createdAt]: props.createdAt,
        [KUBERNETES.expiresAt]: props.expiresAt,
        [KUBERNETES.url]: props.url,
      },
      // A preview that is deployed again stays as old as it is; the two others are written by whoever used and measured it.
      annotationsOfOthers: [KUBERNETES.createdAt, KUBERNETES.usedAt, KUBERNETES.readySeconds],
      podSecurity: "restricted",
      kubernetesVersion: props.kubernetesVersion,
      preventDestroy: false,
    });
    const safety = new NamespaceSafety(this, "safety", { namespace, labels, quota, entrance, scraping });
    const { account, accountName } = new WorkloadAccount(this, "account", { namespace, labels, name: service });
    this.namespaceName = namespace;
    this.within = { namespace, labels };
    this.serviceAccount = accountName;
    this.beforePods = [...safety.bounds, account];
  }
}
