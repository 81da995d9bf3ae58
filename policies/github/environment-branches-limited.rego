# METADATA
# title: an environment says which branches may deploy to it
# description: In a synthesized stack, an environment says which branches may deploy to it
# custom:
#   id: environment-branches-limited
#   level: blocking
#   reason: without it any branch deploys, with the environment's secrets (POS-5, POS-6)
#   remedy: give the stage its `branches` in the declaration
#   links:
#     - https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
#   external:
#     - "CIS GitHub v1.2.0: 5.2.3"
package gatehouse.github.environment_branches_limited

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, environment in configuration.named("github_repository_environment")
	not limited(environment)
	finding := {
		"msg": "any branch may deploy to this environment; limit it to protected branches or to patterns",
		"address": configuration.address("github_repository_environment", name),
		"path": "deployment_branch_policy",
	}
}

limited(environment) if {
	some policy in {"custom_branch_policies", "protected_branches"}
	blocks.one(environment.deployment_branch_policy)[policy] == true
}
