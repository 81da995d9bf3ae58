# METADATA
# title: a plan takes no reviewer from an environment
# description: From before to after, a plan takes no reviewer from an environment
# custom:
#   id: environment-reviewers-removed
#   level: blocking
#   reason: without a reviewer a deployment goes where it wants
#   remedy: keep the reviewers of the stage; to put a new team in an old one's place, add it first
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "CIS GitHub v1.2.0: 5.2.3"
package gatehouse.change.environment_reviewers_removed

import data.gatehouse.lib.blocks
import data.gatehouse.lib.plan

deny contains finding if {
	some change in plan.updated("github_repository_environment")
	before := reviewers(change.before)
	after := reviewers(change.after)
	some gone in (before - after)
	finding := {
		"msg": sprintf("one of the %s no longer reviews deployments", [gone[0]]),
		"address": change.address,
		"path": concat("", ["reviewers[0].", gone[0]]),
		"before": gone[1],
		"after": null,
	}
}

reviewers(environment) := {[kind, id] |
	some group in blocks.list(environment.reviewers)
	some kind in {"teams", "users"}
	some id in group[kind]
}
