# METADATA
# title: a plan removes no ruleset
# description: From before to after, a plan removes no ruleset
# custom:
#   id: ruleset-removed
#   level: blocking
#   reason: with a ruleset goes every rule that it held
#   remedy: keep the ruleset, or have the change waived by somebody else
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "OpenSSF Scorecard: Branch-Protection"
#     - "Allstar: Branch Protection"
#     - "CIS GitHub v1.2.0: 1.1.19"
#     - "CIS GitHub v1.2.0: 1.1.20"
package gatehouse.change.ruleset_removed

import data.gatehouse.lib.plan

kinds := {"github_repository_ruleset", "github_organization_ruleset"}

deny contains finding if {
	some kind in kinds
	some change in plan.destroyed(kind)
	finding := {
		"msg": "the ruleset is destroyed; until another one is there, nothing holds its branches or tags",
		"address": change.address,
		"path": "",
		"before": object.get(change.before, "name", null),
		"after": null,
	}
}
