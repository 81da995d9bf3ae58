import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { Construct } from "constructs";
import { type PodSecurityLevel, podSecurityLabels } from "./pod-security";

export interface SecuredNamespaceProps {
  /** A DNS label. A namespace can't be renamed: another name is another namespace. */
  readonly name: string;
  /** Labels, beside those of pod security. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly podSecurity: PodSecurityLevel;
  /** Minor version of Kubernetes whose pod security standard is meant, such as "1.33". */
  readonly kubernetesVersion: string;
  /** A plan that would destroy it is refused. With a namespace goes everything in it. */
  readonly preventDestroy: boolean;
  /**
   * Keys of annotations that somebody else writes, or that count at creation only: whether they are there, and what they say, is not compared.
   * @default - an annotation that isn't declared is drift
   */
  readonly annotationsOfOthers?: readonly string[];
}

/** A namespace that refuses pods below a pod security standard. */
export class SecuredNamespace extends Construct {
  /** Name of the namespace, as a reference: what uses it is created after it. */
  readonly namespaceName: string;

  constructor(scope: Construct, id: string, props: SecuredNamespaceProps) {
    super(scope, id);
    const others = props.annotationsOfOthers ?? [];
    const namespace = new NamespaceV1(this, "Default", {
      metadata: {
        name: props.name,
        labels: { ...props.labels, ...podSecurityLabels(props.podSecurity, props.kubernetesVersion) },
        annotations: { ...props.annotations },
      },
      lifecycle: {
        ...(props.preventDestroy && { preventDestroy: true }),
        ...(others.length > 0 && { ignoreChanges: others.map((key) => `metadata[0].annotations["${key}"]`) }),
      },
    });
    this.namespaceName = namespace.metadata.name;
  }
}
