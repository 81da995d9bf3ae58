# METADATA
# title: administrators wait for an environment like everyone
# description: In a synthesized stack, administrators wait for an environment like everyone
# custom:
#   id: environment-admins-wait
#   level: blocking
#   reason: a reviewer that an administrator can skip protects against nobody who matters
#   remedy: keep `can_admins_bypass` off
#   links:
#     - https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
#   external:
#     - "CIS GitHub v1.2.0: 5.2.3"
package gatehouse.github.environment_admins_wait

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, environment in configuration.named("github_repository_environment")

	# GitHub's own default is that they may.
	object.get(environment, "can_admins_bypass", true) != false
	finding := {
		"msg": "administrators may deploy past the protection of this environment; turn that off",
		"address": configuration.address("github_repository_environment", name),
		"path": "can_admins_bypass",
	}
}
