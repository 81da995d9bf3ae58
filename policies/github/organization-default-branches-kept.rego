# METADATA
# title: the organization's ruleset keeps every default branch
# description: In a synthesized stack, the organization's ruleset keeps every default branch
# custom:
#   id: organization-default-branches-kept
#   level: blocking
#   reason: a repository that nobody declared yet is protected by nothing else
#   remedy: keep `deletion` and `non_fast_forward` in the organization's ruleset
#   links:
#     - https://docs.github.com/en/organizations/managing-organization-settings/creating-rulesets-for-repositories-in-your-organization
#   external:
#     - "OpenSSF Scorecard: Branch-Protection"
#     - "Allstar: Branch Protection"
#     - "CIS GitHub v1.2.0: 1.1.16"
#     - "CIS GitHub v1.2.0: 1.1.17"
#     - "CIS GitHub v1.2.0: 1.1.20"
package gatehouse.github.organization_default_branches_kept

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, ruleset in configuration.named("github_organization_ruleset")
	ruleset.target == "branch"
	some rule in {"deletion", "non_fast_forward"}
	not forbids(ruleset, rule)
	finding := {
		"msg": sprintf("the rule %s is off for the branches of all repositories; it must be on", [rule]),
		"address": configuration.address("github_organization_ruleset", name),
		"path": concat(".", ["rules", rule]),
	}
}

forbids(ruleset, rule) if blocks.one(ruleset.rules)[rule] == true
