import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { FLAGS_FILE } from "../../declaration/flag-document";
import { literal } from "../literal";
import type { NamespacedProps } from "./namespaced";

export interface FlagsConfigMapProps extends NamespacedProps {
  readonly name: string;
  /** The flags, as whatever runs in the namespace reads them. JSON. */
  readonly document: string;
}

/**
 * The feature flags of what runs in a namespace, as a file for its pods. It can be changed: pods see a new version within about a minute, without a
 * new pod. https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically
 */
export class FlagsConfigMap extends Construct {
  readonly map: ITerraformDependable;

  constructor(scope: Construct, id: string, { name, namespace, labels, document }: FlagsConfigMapProps) {
    super(scope, id);
    this.map = new ConfigMapV1(this, "Default", {
      metadata: { name, namespace, labels: { ...labels } },
      data: { [FLAGS_FILE]: literal(document) },
    });
  }
}
