# METADATA
# title: a plan takes no branch or tag out of a ruleset
# description: From before to after, a plan takes no branch or tag out of a ruleset
# custom:
#   id: ruleset-narrowed
#   level: blocking
#   reason: what a ruleset no longer names it no longer holds
#   remedy: keep the branches and tags that the ruleset names
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "OpenSSF Scorecard: Branch-Protection"
#     - "Allstar: Branch Protection"
#     - "CIS GitHub v1.2.0: 1.1.19"
#     - "CIS GitHub v1.2.0: 1.1.20"
package gatehouse.change.ruleset_narrowed

import data.gatehouse.lib.blocks
import data.gatehouse.lib.plan

kinds := {"github_repository_ruleset", "github_organization_ruleset"}

deny contains finding if {
	some kind in kinds
	some change in plan.updated(kind)
	some gone in (refs(change.before, "include") - refs(change.after, "include"))
	finding := {
		"msg": sprintf("the ruleset no longer holds %s", [gone]),
		"address": change.address,
		"path": "conditions[0].ref_name[0].include",
		"before": gone,
		"after": null,
	}
}

deny contains finding if {
	some kind in kinds

	# Names that a branch may have are the exceptions of a ruleset that refuses to create any other.
	some change in plan.updated(kind)
	not names_branches(change.after)
	some excepted in (refs(change.after, "exclude") - refs(change.before, "exclude"))
	finding := {
		"msg": sprintf("the ruleset makes an exception of %s", [excepted]),
		"address": change.address,
		"path": "conditions[0].ref_name[0].exclude",
		"before": null,
		"after": excepted,
	}
}

deny contains finding if {
	some change in plan.updated("github_repository_ruleset")
	names_branches(change.after)
	some excepted in ((refs(change.after, "exclude") - refs(change.before, "exclude")) & everything)
	finding := {
		"msg": sprintf("the ruleset makes an exception of %s, which is every branch", [excepted]),
		"address": change.address,
		"path": "conditions[0].ref_name[0].exclude",
		"before": null,
		"after": excepted,
	}
}

deny contains finding if {
	some change in plan.updated("github_organization_ruleset")
	some gone in (repositories(change.before) - repositories(change.after))
	finding := {
		"msg": sprintf("the ruleset no longer holds for repositories named %s", [gone]),
		"address": change.address,
		"path": "conditions[0].repository_name[0].include",
		"before": gone,
		"after": null,
	}
}

everything := {"refs/heads/*", "refs/heads/**", "refs/heads/**/*", "~ALL"}

repositories(ruleset) := {name | some name in blocks.one(blocks.one(ruleset.conditions).repository_name).include}

names_branches(ruleset) if blocks.one(ruleset.rules).creation == true

refs(ruleset, side) := {ref | some ref in blocks.one(blocks.one(ruleset.conditions).ref_name)[side]}
