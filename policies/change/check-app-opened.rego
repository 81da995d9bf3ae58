# METADATA
# title: a plan lets no other app report a required check
# description: From before to after, a plan lets no other app report a required check
# custom:
#   id: check-app-opened
#   level: blocking
#   reason: a check that any app may report is passed by whoever has a token
#   remedy: keep the app of the check
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "Allstar: Branch Protection"
#     - "CIS GitHub v1.2.0: 1.1.19"
package gatehouse.change.check_app_opened

import data.gatehouse.lib.blocks
import data.gatehouse.lib.plan

deny contains finding if {
	some change in plan.updated("github_repository_ruleset")
	some check in checks(change.before)
	some later in checks(change.after)
	later.context == check.context
	object.get(check, "integration_id", 0) > 0
	later.integration_id != check.integration_id
	finding := {
		"msg": sprintf("another app may report the check %s", [check.context]),
		"address": change.address,
		"path": "rules[0].required_status_checks[0].required_check",
		"before": check.integration_id,
		"after": later.integration_id,
	}
}

checks(ruleset) := blocks.list(blocks.one(blocks.one(ruleset.rules).required_status_checks).required_check)
