import type { Inspection } from "../inspection";
import { bothTypes, type KindRule } from "./kind-rule";
import { metadata } from "./metadata";

/** Namespaces that every cluster has. */
export const BUILT_IN = ["default", "kube-system", "kube-public", "kube-node-lease"];

export const NAMESPACE_TYPES = bothTypes("namespace");

const DNS_LABEL = /^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const MODE = /^pod-security\.kubernetes\.io\/(?:enforce|audit|warn)(-version)?$/;

/** The API server's admission refuses labels of pod security that it doesn't understand: kubernetes.io, "Pod Security Admission". */
function checkPodSecurity(config: Inspection): void {
  for (const { path, value } of config.all("metadata.labels")) {
    for (const [key, label] of Object.entries(value as Readonly<Record<string, unknown>>)) {
      const mode = MODE.exec(key);
      if (mode === null || typeof label !== "string") {
        continue;
      }
      const [pattern, words] =
        mode[1] === undefined
          ? ([/^(privileged|baseline|restricted)$/, "one of privileged, baseline, restricted"] as const)
          : ([/^(latest|v1\.\d+)$/, 'latest, or a minor version such as "v1.33"'] as const);
      if (!pattern.test(label)) {
        config.refuse([...path, { key }], label, words, "Correct the label.");
      }
    }
  }
}

/** Source: kubernetes/resource_kubernetes_namespace_v1.go at v2.38.0 of github.com/hashicorp/terraform-provider-kubernetes. */
export const namespace: KindRule = {
  types: NAMESPACE_TYPES,
  defaults: { wait_for_default_service_account: false },
  check: (config) => {
    config.matches("metadata.name", DNS_LABEL, "a DNS label: lower-case letters, digits and hyphens, at most 63");
    checkPodSecurity(config);
  },
  needs: (attributes, needs) => {
    const { name } = metadata(attributes);
    if (BUILT_IN.includes(String(name))) {
      needs.refuse(["metadata", 0, "name"], `namespaces "${name}" already exists: every cluster has it. Import it.`);
    }
  },
  owns: (self, other) =>
    (other.type.startsWith("kubernetes_") && metadata(other.attributes).namespace === self.id) ||
    (other.type === "helm_release" && other.attributes.namespace === self.id),
};
