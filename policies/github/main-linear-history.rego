# METADATA
# title: main has a linear history
# description: In a synthesized stack, main has a linear history
# custom:
#   id: main-linear-history
#   level: advisory
#   reason: what a release carries, and what a rollback takes back, is a range of commits without forks
#   remedy: set `main.linearHistory` in the declaration
#   links:
#     - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
#   external:
#     - "CIS GitHub v1.2.0: 1.1.13"
#     - "Checkov: CKV_GITHUB_8"
package gatehouse.github.main_linear_history

import data.gatehouse.lib.configuration
import data.gatehouse.lib.github

deny contains finding if {
	some name, _ in configuration.named("github_repository")
	not kept(name)
	finding := {
		"msg": "main takes merge commits; a ruleset in force must require a linear history",
		"address": github.address_of_main(name),
		"path": "rules.required_linear_history",
	}
}

kept(repository) if {
	some rules in github.rules_of_main(repository)
	rules.required_linear_history == true
}
