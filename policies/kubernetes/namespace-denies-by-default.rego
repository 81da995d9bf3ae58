# METADATA
# title: a service's namespace denies what no policy allows
# description: In a manifest, a rendered chart or a synthesized stack, a service's namespace denies what no policy allows
# custom:
#   id: namespace-denies-by-default
#   level: blocking
#   reason: any pod of the cluster could reach the service, and the service the whole internet
#   remedy: keep the policy `default-deny` in the namespace's stack
#   links:
#     - https://kubernetes.io/docs/concepts/services-networking/network-policies/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.3.2"
#     - "Checkov: CKV2_K8S_6"
package gatehouse.kubernetes.namespace_denies_by_default

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, namespace in configuration.named("kubernetes_namespace_v1")

	# A controller's namespace is closed by its chart, if at all.
	namespace.metadata.labels["gatehouse.dev/service"]
	not denies_by_default(name, namespace)
	finding := {
		"msg": "no policy denies what isn't allowed here; add one without rules for all pods, in both directions",
		"address": configuration.address("kubernetes_namespace_v1", name),
		"path": "metadata.name",
	}
}

denies_by_default(name, namespace) if {
	some policy in configuration.named("kubernetes_network_policy_v1")
	policy.metadata.namespace in configuration.namespace_names(name, namespace)
	policy.spec.pod_selector == {}
	{"Ingress", "Egress"} == {direction | some direction in policy.spec.policy_types}
	not policy.spec.ingress
	not policy.spec.egress
}
