# METADATA
# title: main requires at least one check
# description: In a synthesized stack, main requires at least one check
# custom:
#   id: main-checks-required
#   level: blocking
#   reason: without a required check nothing has to pass before a merge
#   remedy: mark a job of `ci` as `required` in the declaration
#   links:
#     - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
#   external:
#     - "OpenSSF Scorecard: Branch-Protection"
#     - "OpenSSF Scorecard: CI-Tests"
#     - "Allstar: Branch Protection"
#     - "CIS GitHub v1.2.0: 1.1.9"
#     - "Checkov: CKV_GITHUB_14"
package gatehouse.github.main_checks_required

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration
import data.gatehouse.lib.github

deny contains finding if {
	some name, _ in configuration.named("github_repository")
	not kept(name)
	finding := {
		"msg": "main requires no check; at least one must pass before a merge",
		"address": github.address_of_main(name),
		"path": "rules.required_status_checks.required_check",
	}
}

kept(repository) if {
	some rules in github.rules_of_main(repository)
	count(blocks.list(blocks.one(rules.required_status_checks).required_check)) > 0
}
