# METADATA
# title: a plan removes no network policy
# description: From before to after, a plan removes no network policy
# custom:
#   id: network-policy-removed
#   level: blocking
#   reason: without its default-deny a namespace is open to every pod of the cluster
#   remedy: keep the policy, or close what it closed in another way first
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "CIS Kubernetes v2.0.1: 5.3.2"
package gatehouse.change.network_policy_removed

import data.gatehouse.lib.blocks
import data.gatehouse.lib.plan

deny contains finding if {
	some change in plan.removed("kubernetes_network_policy_v1")
	not lets_through(change.before)
	finding := {
		"msg": "a policy that denies is destroyed",
		"address": change.address,
		"path": "spec",
		"before": name(change.before),
		"after": null,
	}
}

lets_through(policy) if {
	some direction in {"ingress", "egress"}
	count(blocks.list(blocks.one(policy.spec)[direction])) > 0
}

name(policy) := named if {
	named := blocks.one(policy.metadata).name
} else := null
