# METADATA
# title: a plan lets nobody new past a ruleset
# description: From before to after, a plan lets nobody new past a ruleset
# custom:
#   id: bypass-added
#   level: blocking
#   reason: who may pass a ruleset by is not held by it
#   remedy: take the actor out, or have the break-glass waived by somebody else for its time
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "OpenSSF Scorecard: Branch-Protection"
#     - "Allstar: Branch Protection"
#     - "CIS GitHub v1.2.0: 1.1.14"
#     - "CIS GitHub v1.2.0: 1.1.19"
package gatehouse.change.bypass_added

import data.gatehouse.lib.blocks
import data.gatehouse.lib.plan

kinds := {"github_repository_ruleset", "github_organization_ruleset"}

deny contains finding if {
	some kind in kinds
	some change in plan.updated(kind)
	before := actors(change.before)
	some actor in (actors(change.after) - before)
	finding := {
		"msg": sprintf("an actor of the type %v may pass the ruleset by (%v)", [actor.type, actor.mode]),
		"address": change.address,
		"path": "bypass_actors",
		"before": null,
		"after": actor,
	}
}

actors(ruleset) := {{"type": actor.actor_type, "id": object.get(actor, "actor_id", null), "mode": actor.bypass_mode} |
	some actor in blocks.list(ruleset.bypass_actors)
}
