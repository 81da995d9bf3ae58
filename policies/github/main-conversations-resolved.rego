# METADATA
# title: conversations are resolved before a merge
# description: In a synthesized stack, conversations are resolved before a merge
# custom:
#   id: main-conversations-resolved
#   level: blocking
#   reason: an objection that nobody answered is merged over
#   remedy: set `main.resolveConversations` in the declaration
#   links:
#     - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
#   external:
#     - "CIS GitHub v1.2.0: 1.1.11"
#     - "Checkov: CKV_GITHUB_16"
package gatehouse.github.main_conversations_resolved

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration
import data.gatehouse.lib.github

deny contains finding if {
	some name, _ in configuration.named("github_repository")
	not kept(name)
	finding := {
		"msg": "a change can be merged over an open conversation; all must be resolved",
		"address": github.address_of_main(name),
		"path": "rules.pull_request.required_review_thread_resolution",
	}
}

kept(repository) if {
	some rules in github.rules_of_main(repository)
	blocks.one(rules.pull_request).required_review_thread_resolution == true
}
