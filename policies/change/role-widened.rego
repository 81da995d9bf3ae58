# METADATA
# title: a plan lets no role do more
# description: From before to after, a plan lets no role do more
# custom:
#   id: role-widened
#   level: blocking
#   reason: what a deployer may do, whoever takes its token may do
#   remedy: have the new right approved by the platform, and waived for this change
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external: []
package gatehouse.change.role_widened

import data.gatehouse.lib.plan

kinds := {"kubernetes_cluster_role_v1", "kubernetes_role_v1"}

deny contains finding if {
	some kind in kinds
	some change in plan.updated(kind)
	before := rights(change.before)
	some right in (rights(change.after) - before)
	finding := {
		"msg": sprintf("the role may now %v %v", [right.verb, right.resource]),
		"address": change.address,
		"path": "rule",
		"before": null,
		"after": right,
	}
}

rights(role) := {{"group": group, "resource": resource, "verb": verb} |
	some rule in role.rule
	some group in rule.api_groups
	some resource in rule.resources
	some verb in rule.verbs
}
