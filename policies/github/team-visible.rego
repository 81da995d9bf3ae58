# METADATA
# title: a team is visible to all members
# description: In a synthesized stack, a team is visible to all members
# custom:
#   id: team-visible
#   level: blocking
#   reason: a secret team owns nothing in CODEOWNERS, so its reviews are asked of nobody
#   remedy: keep `privacy` closed
#   links:
#     - https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
#   external: []
package gatehouse.github.team_visible

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, team in configuration.named("github_team")
	object.get(team, "privacy", "secret") != "closed"
	finding := {
		"msg": "the team is secret, so that it can own no code; let it be closed",
		"address": configuration.address("github_team", name),
		"path": "privacy",
	}
}
