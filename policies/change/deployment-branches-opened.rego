# METADATA
# title: a plan lets no further branch deploy
# description: From before to after, a plan lets no further branch deploy
# custom:
#   id: deployment-branches-opened
#   level: blocking
#   reason: a branch that may deploy gets the environment's secrets (POS-5)
#   remedy: keep `branches` of the stage
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "CIS GitHub v1.2.0: 5.2.3"
package gatehouse.change.deployment_branches_opened

import data.gatehouse.lib.plan

kind := "github_repository_environment_deployment_policy"

deny contains finding if {
	some change in plan.created(kind)
	not is_new(change.after)
	finding := {
		"msg": sprintf("%v may deploy to an environment that was there before", [change.after.branch_pattern]),
		"address": change.address,
		"path": "branch_pattern",
		"before": null,
		"after": change.after.branch_pattern,
	}
}

deny contains finding if {
	some change in plan.updated(kind)
	change.after.branch_pattern != change.before.branch_pattern
	finding := {
		"msg": sprintf("%v may deploy in place of %v", [change.after.branch_pattern, change.before.branch_pattern]),
		"address": change.address,
		"path": "branch_pattern",
		"before": change.before.branch_pattern,
		"after": change.after.branch_pattern,
	}
}

is_new(policy) if {
	some environment in plan.created("github_repository_environment")
	environment.after.environment == policy.environment
	environment.after.repository == policy.repository
}
