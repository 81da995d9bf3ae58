# METADATA
# title: main takes reviewed changes only
# description: In a synthesized stack, main takes reviewed changes only
# custom:
#   id: main-needs-review
#   level: blocking
#   reason: whoever takes over one account could otherwise change what is deployed, and nobody would have looked
#   remedy: set `main.approvals` in the declaration to 1 or more
#   links:
#     - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
#   external:
#     - "OpenSSF Scorecard: Branch-Protection"
#     - "OpenSSF Scorecard: Code-Review"
#     - "Allstar: Branch Protection"
#     - "CIS GitHub v1.2.0: 1.1.3"
#     - "Checkov: CKV_GIT_5"
#     - "Checkov: CKV_GITHUB_19"
#     - "Checkov: CKV2_GIT_1"
package gatehouse.github.main_needs_review

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration
import data.gatehouse.lib.github

deny contains finding if {
	some name, _ in configuration.named("github_repository")
	not kept(name)
	finding := {
		"msg": "a change needs no approval; it must need one or more",
		"address": github.address_of_main(name),
		"path": "rules.pull_request.required_approving_review_count",
	}
}

kept(repository) if {
	some rules in github.rules_of_main(repository)
	blocks.one(rules.pull_request).required_approving_review_count > 0
}
