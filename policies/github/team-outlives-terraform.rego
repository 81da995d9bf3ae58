# METADATA
# title: a team is not destroyed with its stack
# description: In a synthesized stack, a team is not destroyed with its stack
# custom:
#   id: team-outlives-terraform
#   level: blocking
#   reason: a new team has no members and no access, wherever the old one was named
#   remedy: keep `lifecycle.prevent_destroy`
#   links:
#     - https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
#   external: []
package gatehouse.github.team_outlives_terraform

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, team in configuration.named("github_team")
	not configuration.outlives_terraform(team)
	finding := {
		"msg": "Terraform may destroy this team with its members; prevent it",
		"address": configuration.address("github_team", name),
		"path": "lifecycle.prevent_destroy",
	}
}
