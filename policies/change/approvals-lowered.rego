# METADATA
# title: a plan asks for no fewer approvals
# description: From before to after, a plan asks for no fewer approvals
# custom:
#   id: approvals-lowered
#   level: blocking
#   reason: a change that lowers the bar is the last one that has to clear it
#   remedy: keep `main.approvals`, or have the change waived by somebody else
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "OpenSSF Scorecard: Branch-Protection"
#     - "Allstar: Branch Protection"
#     - "CIS GitHub v1.2.0: 1.1.3"
#     - "CIS GitHub v1.2.0: 1.1.19"
package gatehouse.change.approvals_lowered

import data.gatehouse.lib.blocks
import data.gatehouse.lib.plan

kinds := {"github_repository_ruleset", "github_organization_ruleset"}

deny contains finding if {
	some kind in kinds
	some change in plan.updated(kind)
	before := approvals(change.before)
	after := approvals(change.after)
	after < before
	finding := {
		"msg": sprintf("the approvals that a change needs fall from %d to %d", [before, after]),
		"address": change.address,
		"path": "rules[0].pull_request[0].required_approving_review_count",
		"before": before,
		"after": after,
	}
}

approvals(ruleset) := needed if {
	needed := blocks.one(blocks.one(ruleset.rules).pull_request).required_approving_review_count
	is_number(needed)
} else := 0
