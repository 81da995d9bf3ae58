# METADATA
# title: a plan turns no rule of a ruleset off
# description: From before to after, a plan turns no rule of a ruleset off
# custom:
#   id: ruleset-relaxed
#   level: blocking
#   reason: each of these rules closes a way past the review
#   remedy: keep the rule, or have the change waived by somebody else
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "OpenSSF Scorecard: Branch-Protection"
#     - "Allstar: Branch Protection"
#     - "CIS GitHub v1.2.0: 1.1.19"
package gatehouse.change.ruleset_relaxed

import data.gatehouse.lib.blocks
import data.gatehouse.lib.plan

kinds := {"github_repository_ruleset", "github_organization_ruleset"}

deny contains finding if {
	some kind in kinds
	some change in plan.updated(kind)
	before := switched_on(change.before)
	after := switched_on(change.after)
	some path in (before - after)
	finding := {
		"msg": sprintf("the rule %s is turned off", [path]),
		"address": change.address,
		"path": path,
		"before": true,
		"after": false,
	}
}

switched_on(ruleset) := {path |
	some name, value in blocks.one(ruleset.rules)
	value == true
	path := concat(".", ["rules[0]", name])
} | {path |
	some name, value in blocks.one(ruleset.rules)
	some inner, flag in blocks.one(value)
	flag == true
	inner != "do_not_enforce_on_create"
	path := concat(".", ["rules[0]", concat("", [name, "[0]"]), inner])
}
