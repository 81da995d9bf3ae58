# METADATA
# title: an approval ends with the next push
# description: In a synthesized stack, an approval ends with the next push
# custom:
#   id: main-stale-approvals-dismissed
#   level: blocking
#   reason: otherwise what is merged was never seen by who approved it
#   remedy: set `main.dismissStale` in the declaration
#   links:
#     - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
#   external:
#     - "OpenSSF Scorecard: Branch-Protection"
#     - "Allstar: Branch Protection"
#     - "CIS GitHub v1.2.0: 1.1.4"
#     - "Checkov: CKV_GITHUB_11"
package gatehouse.github.main_stale_approvals_dismissed

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration
import data.gatehouse.lib.github

deny contains finding if {
	some name, _ in configuration.named("github_repository")
	not kept(name)
	finding := {
		"msg": "an approval outlives a push to the change; it must be dismissed",
		"address": github.address_of_main(name),
		"path": "rules.pull_request.dismiss_stale_reviews_on_push",
	}
}

kept(repository) if {
	some rules in github.rules_of_main(repository)
	blocks.one(rules.pull_request).dismiss_stale_reviews_on_push == true
}
