# METADATA
# title: a plan takes no ruleset out of force
# description: From before to after, a plan takes no ruleset out of force
# custom:
#   id: enforcement-off
#   level: blocking
#   reason: a ruleset that is disabled or only evaluated protects nothing
#   remedy: keep the enforcement active
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "OpenSSF Scorecard: Branch-Protection"
#     - "Allstar: Branch Protection"
#     - "CIS GitHub v1.2.0: 1.1.19"
#     - "CIS GitHub v1.2.0: 1.1.20"
package gatehouse.change.enforcement_off

import data.gatehouse.lib.plan

kinds := {"github_repository_ruleset", "github_organization_ruleset"}

deny contains finding if {
	some kind in kinds
	some change in plan.updated(kind)
	change.before.enforcement == "active"
	change.after.enforcement != "active"
	finding := {
		"msg": sprintf("the ruleset goes out of force: its enforcement becomes %v", [change.after.enforcement]),
		"address": change.address,
		"path": "enforcement",
		"before": change.before.enforcement,
		"after": change.after.enforcement,
	}
}
