# METADATA
# title: a pattern of deployment branches is not all branches
# description: In a synthesized stack, a pattern of deployment branches is not all branches
# custom:
#   id: environment-branch-pattern-narrow
#   level: blocking
#   reason: a pattern that matches everything is no limit
#   remedy: "name the branches, as `branches: [\"main\"]`"
#   links:
#     - https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
#   external:
#     - "CIS GitHub v1.2.0: 5.2.3"
package gatehouse.github.environment_branch_pattern_narrow

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, policy in configuration.named("github_repository_environment_deployment_policy")
	policy.branch_pattern in {"*", "**", "*/*", "**/*"}
	finding := {
		"msg": sprintf("the pattern %s admits every branch; name those that may deploy", [policy.branch_pattern]),
		"address": configuration.address("github_repository_environment_deployment_policy", name),
		"path": "branch_pattern",
	}
}
