# METADATA
# title: main takes no force push
# description: In a synthesized stack, main takes no force push
# custom:
#   id: main-no-force-push
#   level: blocking
#   reason: a force push rewrites what was reviewed and deployed
#   remedy: keep `non_fast_forward` in the ruleset of main; every declared service has it
#   links:
#     - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
#   external:
#     - "OpenSSF Scorecard: Branch-Protection"
#     - "Allstar: Branch Protection"
#     - "CIS GitHub v1.2.0: 1.1.16"
#     - "Checkov: CKV_GITHUB_5"
package gatehouse.github.main_no_force_push

import data.gatehouse.lib.configuration
import data.gatehouse.lib.github

deny contains finding if {
	some name, _ in configuration.named("github_repository")
	not kept(name)
	finding := {
		"msg": "main can be force-pushed; a ruleset in force must refuse it",
		"address": github.address_of_main(name),
		"path": "rules.non_fast_forward",
	}
}

kept(repository) if {
	some rules in github.rules_of_main(repository)
	rules.non_fast_forward == true
}
