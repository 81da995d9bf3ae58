/** A kind of the Kubernetes API, and what of a resource type's attributes is none of the object's fields. */
export interface LiveKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** What it is in paths of the API. */
  readonly resource: string;
  /** Attributes that only the provider knows. @default - none but `id` and `timeouts` */
  readonly providerOnly?: readonly string[];
}

const RBAC = "rbac.authorization.k8s.io/v1";

/** The resource types of hashicorp/kubernetes that a live plugin serves. */
export const LIVE_KINDS: Readonly<Record<string, LiveKind>> = {
  kubernetes_namespace_v1: {
    apiVersion: "v1",
    kind: "Namespace",
    resource: "namespaces",
    providerOnly: ["wait_for_default_service_account"],
  },
  kubernetes_network_policy_v1: {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    resource: "networkpolicies",
  },
  kubernetes_resource_quota_v1: { apiVersion: "v1", kind: "ResourceQuota", resource: "resourcequotas" },
  kubernetes_limit_range_v1: { apiVersion: "v1", kind: "LimitRange", resource: "limitranges" },
  kubernetes_service_account_v1: {
    apiVersion: "v1",
    kind: "ServiceAccount",
    resource: "serviceaccounts",
    providerOnly: ["default_secret_name"],
  },
  kubernetes_config_map_v1: { apiVersion: "v1", kind: "ConfigMap", resource: "configmaps" },
  kubernetes_role_v1: { apiVersion: RBAC, kind: "Role", resource: "roles" },
  kubernetes_role_binding_v1: { apiVersion: RBAC, kind: "RoleBinding", resource: "rolebindings" },
};

/** Where objects of a kind are in the API. @param namespace undefined for what is in none */
export function collectionPath({ apiVersion, resource }: LiveKind, namespace: string | undefined): string {
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return namespace === undefined ? `${root}/${resource}` : `${root}/namespaces/${namespace}/${resource}`;
}
