# METADATA
# title: a service's namespace says what a container takes that says nothing
# description: In a synthesized stack, a service's namespace says what a container takes that says nothing
# custom:
#   id: namespace-has-limits
#   level: blocking
#   reason: a container without requests is not admitted beside a quota, and one without a limit takes a node's memory
#   remedy: keep the limit range
#   links:
#     - https://kubernetes.io/docs/concepts/policy/limit-range/
#   external: []
package gatehouse.kubernetes.namespace_has_limits

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, namespace in configuration.named("kubernetes_namespace_v1")
	namespace.metadata.labels["gatehouse.dev/service"]
	not has_limits(name, namespace)
	finding := {
		"msg": "nothing says what a container takes here that says nothing itself; add a limit range",
		"address": configuration.address("kubernetes_namespace_v1", name),
		"path": "metadata.name",
	}
}

has_limits(name, namespace) if {
	some limits in configuration.named("kubernetes_limit_range_v1")
	limits.metadata.namespace in configuration.namespace_names(name, namespace)
}
