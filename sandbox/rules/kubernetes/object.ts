import type { Block } from "../../schema/schema";
import type { Needs } from "../needs";
import type { ResourceRule } from "../rule";
import { configMap } from "./config-map";
import type { KindRule } from "./kind-rule";
import { limitRange } from "./limit-range";
import { checkMetadata, metadata, newMetadata, objectId, withoutInternal } from "./metadata";
import { BUILT_IN, NAMESPACE_TYPES, namespace } from "./namespace";
import { networkPolicy } from "./network-policy";
import { resourceQuota } from "./resource-quota";
import { role } from "./role";
import { roleBinding } from "./role-binding";
import { serviceAccount } from "./service-account";

const KINDS: readonly KindRule[] = [
  namespace,
  networkPolicy,
  resourceQuota,
  limitRange,
  serviceAccount,
  configMap,
  role,
  roleBinding,
];

function needsNamespace(name: unknown, needs: Needs): void {
  const exists =
    typeof name !== "string" ||
    BUILT_IN.includes(name) ||
    NAMESPACE_TYPES.some((type) => needs.world.get(type, name) !== undefined);
  if (!exists) {
    needs.refuse(["metadata", 0, "namespace"], `namespaces "${name}" not found: create the namespace first.`);
  }
}

/**
 * What all Kubernetes objects have in common, and what is known of their kinds. Source: kubernetes/schema_metadata.go and
 * kubernetes/structures.go at v2.38.0 of github.com/hashicorp/terraform-provider-kubernetes.
 */
export function kubernetesRule(type: string, schema: Block): ResourceRule {
  const own = schema.blocks.metadata?.block.attributes;
  // Secrets' values: kubernetes/resource_kubernetes_secret_v1.go at the same tag.
  const sensitive = type.startsWith("kubernetes_secret") ? ["data", "binary_data"] : [];
  if (own === undefined) {
    return { type, sensitive };
  }
  const { types: _, ...kind }: Partial<KindRule> = KINDS.find(({ types }) => types.includes(type)) ?? {};
  const names = ["name", "namespace", "generate_name"].filter((name) => name in own).map((name) => `metadata.${name}`);
  return {
    ...kind,
    type,
    sensitive,
    replaces: [...names, ...(kind.replaces ?? [])],
    defaults: { ...("namespace" in own ? { "metadata.namespace": "default" } : {}), ...kind.defaults },
    check: (config) => {
      checkMetadata(config, own);
      kind.check?.(config);
    },
    identity: objectId,
    computed: (planned, context) => ({ ...newMetadata(planned, context), ...kind.computed?.(planned, context) }),
    needs: (attributes, needs) => {
      needsNamespace(metadata(attributes).namespace, needs);
      kind.needs?.(attributes, needs);
    },
    reads: withoutInternal,
  };
}
