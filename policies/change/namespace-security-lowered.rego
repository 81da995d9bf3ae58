# METADATA
# title: a plan admits no less safe pods to a namespace
# description: From before to after, a plan admits no less safe pods to a namespace
# custom:
#   id: namespace-security-lowered
#   level: blocking
#   reason: a privileged pod is root on its node
#   remedy: keep the pod security standard of the namespace
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "CIS Kubernetes v2.0.1: 5.2.1"
package gatehouse.change.namespace_security_lowered

import data.gatehouse.lib.blocks
import data.gatehouse.lib.plan

ranks := {"privileged": 0, "baseline": 1, "restricted": 2}

deny contains finding if {
	some change in plan.updated("kubernetes_namespace_v1")
	before := level(change.before)
	after := level(change.after)
	ranks[after] < ranks[before]
	finding := {
		"msg": sprintf("the namespace admits %s pods instead of %s ones", [after, before]),
		"address": change.address,
		"path": "metadata[0].labels[\"pod-security.kubernetes.io/enforce\"]",
		"before": before,
		"after": after,
	}
}

level(namespace) := named if {
	named := blocks.one(namespace.metadata).labels["pod-security.kubernetes.io/enforce"]
} else := "privileged"
