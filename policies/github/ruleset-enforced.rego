# METADATA
# title: a ruleset is in force
# description: In a synthesized stack, a ruleset is in force
# custom:
#   id: ruleset-enforced
#   level: blocking
#   reason: a ruleset that is disabled or only evaluated protects nothing and looks as if it did
#   remedy: set the enforcement to active, or take the ruleset out of the declaration
#   links:
#     - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
#   external:
#     - "OpenSSF Scorecard: Branch-Protection"
#     - "Allstar: Branch Protection"
#     - "CIS GitHub v1.2.0: 1.1.20"
package gatehouse.github.ruleset_enforced

import data.gatehouse.lib.configuration

kinds := {"github_repository_ruleset", "github_organization_ruleset"}

deny contains finding if {
	some kind in kinds
	some name, ruleset in configuration.named(kind)
	ruleset.enforcement != "active"
	finding := {
		"msg": sprintf("the ruleset's enforcement is %v; only active protects", [ruleset.enforcement]),
		"address": configuration.address(kind, name),
		"path": "enforcement",
	}
}
