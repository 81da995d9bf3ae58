# METADATA
# title: a plan shortens no wait before a deployment
# description: From before to after, a plan shortens no wait before a deployment
# custom:
#   id: environment-wait-shortened
#   level: blocking
#   reason: the wait is the time in which somebody says stop (POS-6)
#   remedy: keep `waitMinutes` of the stage
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external: []
package gatehouse.change.environment_wait_shortened

import data.gatehouse.lib.plan

deny contains finding if {
	some change in plan.updated("github_repository_environment")
	after := wait(change.after)
	before := wait(change.before)
	after < before
	finding := {
		"msg": sprintf("the wait before a deployment falls from %d to %d minutes", [before, after]),
		"address": change.address,
		"path": "wait_timer",
		"before": before,
		"after": after,
	}
}

wait(environment) := environment.wait_timer if {
	is_number(environment.wait_timer)
} else := 0
