# METADATA
# title: code owners review what is theirs
# description: In a synthesized stack, code owners review what is theirs
# custom:
#   id: main-code-owner-review
#   level: blocking
#   reason: a critical path must be read by a team that answers for it
#   remedy: set `main.codeOwners` in the declaration
#   links:
#     - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
#   external:
#     - "OpenSSF Scorecard: Branch-Protection"
#     - "Allstar: Branch Protection"
#     - "CIS GitHub v1.2.0: 1.1.7"
#     - "Checkov: CKV_GITHUB_13"
package gatehouse.github.main_code_owner_review

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration
import data.gatehouse.lib.github

deny contains finding if {
	some name, _ in configuration.named("github_repository")
	not kept(name)
	finding := {
		"msg": "a change needs no review by the owners of what it touches; it must",
		"address": github.address_of_main(name),
		"path": "rules.pull_request.require_code_owner_review",
	}
}

kept(repository) if {
	some rules in github.rules_of_main(repository)
	blocks.one(rules.pull_request).require_code_owner_review == true
}
