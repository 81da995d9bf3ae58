# METADATA
# title: a plan removes no required check
# description: From before to after, a plan removes no required check
# custom:
#   id: required-check-removed
#   level: blocking
#   reason: what is no longer required is soon no longer passing
#   remedy: keep the job `required`, or have the change waived by somebody else
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "OpenSSF Scorecard: Branch-Protection"
#     - "OpenSSF Scorecard: CI-Tests"
#     - "Allstar: Branch Protection"
#     - "CIS GitHub v1.2.0: 1.1.9"
#     - "CIS GitHub v1.2.0: 1.1.19"
package gatehouse.change.required_check_removed

import data.gatehouse.lib.blocks
import data.gatehouse.lib.plan

kinds := {"github_repository_ruleset", "github_organization_ruleset"}

deny contains finding if {
	some kind in kinds
	some change in plan.updated(kind)
	before := contexts(change.before)
	after := contexts(change.after)
	some gone in (before - after)
	finding := {
		"msg": sprintf("the check %s is no longer required", [gone]),
		"address": change.address,
		"path": "rules[0].required_status_checks[0].required_check",
		"before": gone,
		"after": null,
	}
}

contexts(ruleset) := {check.context |
	checks := blocks.one(blocks.one(ruleset.rules).required_status_checks)
	some check in blocks.list(checks.required_check)
}
