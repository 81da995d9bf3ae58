# METADATA
# title: main can't be deleted
# description: In a synthesized stack, main can't be deleted
# custom:
#   id: main-not-deletable
#   level: blocking
#   reason: a deleted main takes with it what every ruleset, environment and open change refers to
#   remedy: keep `deletion` in the ruleset of main; every declared service has it
#   links:
#     - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
#   external:
#     - "OpenSSF Scorecard: Branch-Protection"
#     - "CIS GitHub v1.2.0: 1.1.17"
#     - "Checkov: CKV_GITHUB_18"
package gatehouse.github.main_not_deletable

import data.gatehouse.lib.configuration
import data.gatehouse.lib.github

deny contains finding if {
	some name, _ in configuration.named("github_repository")
	not kept(name)
	finding := {
		"msg": "main can be deleted; a ruleset in force must refuse its deletion",
		"address": github.address_of_main(name),
		"path": "rules.deletion",
	}
}

kept(repository) if {
	some rules in github.rules_of_main(repository)
	rules.deletion == true
}
