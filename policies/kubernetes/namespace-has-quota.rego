# METADATA
# title: a service's namespace has a quota
# description: In a manifest, a rendered chart or a synthesized stack, a service's namespace has a quota
# custom:
#   id: namespace-has-quota
#   level: blocking
#   reason: one service could take the whole cluster
#   remedy: give the stage its `quota`
#   links:
#     - https://kubernetes.io/docs/concepts/policy/resource-quotas/
#   external: []
package gatehouse.kubernetes.namespace_has_quota

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, namespace in configuration.named("kubernetes_namespace_v1")
	namespace.metadata.labels["gatehouse.dev/service"]
	not has_quota(name, namespace)
	finding := {
		"msg": "nothing limits what this namespace takes; add a quota",
		"address": configuration.address("kubernetes_namespace_v1", name),
		"path": "metadata.name",
	}
}

has_quota(name, namespace) if {
	some quota in configuration.named("kubernetes_resource_quota_v1")
	quota.metadata.namespace in configuration.namespace_names(name, namespace)
	count(quota.spec.hard) > 0
}
