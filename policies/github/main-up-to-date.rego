# METADATA
# title: a change is up to date with main before it is merged
# description: In a synthesized stack, a change is up to date with main before it is merged
# custom:
#   id: main-up-to-date
#   level: blocking
#   reason: two changes that pass apart can break main together
#   remedy: set `main.upToDate` in the declaration
#   links:
#     - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
#   external:
#     - "OpenSSF Scorecard: Branch-Protection"
#     - "Allstar: Branch Protection"
#     - "CIS GitHub v1.2.0: 1.1.10"
#     - "Checkov: CKV_GITHUB_20"
package gatehouse.github.main_up_to_date

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration
import data.gatehouse.lib.github

deny contains finding if {
	some name, _ in configuration.named("github_repository")
	not kept(name)
	finding := {
		"msg": "a change can be merged that was not tried on top of main; the strict policy of required checks must be on",
		"address": github.address_of_main(name),
		"path": "rules.required_status_checks.strict_required_status_checks_policy",
	}
}

kept(repository) if {
	some rules in github.rules_of_main(repository)
	blocks.one(rules.required_status_checks).strict_required_status_checks_policy == true
}
