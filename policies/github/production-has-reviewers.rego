# METADATA
# title: production waits for a reviewer
# description: In a synthesized stack, the environment of production names who lets a deployment in
# custom:
#   id: production-has-reviewers
#   level: blocking
#   reason: without a reviewer, whatever reaches main is in front of customers (POS-6)
#   remedy: name the reviewers of the stage in the declaration
#   links:
#     - https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
#   external:
#     - "CIS GitHub v1.2.0: 5.2.3"
package gatehouse.github.production_has_reviewers

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

production := {"prod", "production"}

deny contains finding if {
	some name, environment in configuration.named("github_repository_environment")
	environment.environment in production
	not reviewed(environment)
	finding := {
		"msg": "nobody has to let a deployment in; a team or a user must",
		"address": configuration.address("github_repository_environment", name),
		"path": "reviewers",
	}
}

reviewed(environment) if {
	some reviewers in blocks.list(environment.reviewers)
	some kind in {"teams", "users"}
	count(reviewers[kind]) > 0
}
