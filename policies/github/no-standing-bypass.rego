# METADATA
# title: nobody passes the rules of a branch by, but by break-glass
# description: >-
#   In a synthesized stack, at most one team may pass the rules of a branch by, and through a pull request, which GitHub records: no person, app, key or
#   role, and nobody by a push
# custom:
#   id: no-standing-bypass
#   level: blocking
#   reason: a bypass that always holds makes every other rule of the branch a suggestion to whoever has it
#   remedy: declare `main.breakGlass` with a team of few people; what was added by hand is taken away by the next deploy
#   links:
#     - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository
#   external:
#     - "OpenSSF Scorecard: Branch-Protection"
#     - "Allstar: Branch Protection"
#     - "CIS GitHub v1.2.0: 1.1.14"
#     - "Checkov: CKV_GITHUB_10"
package gatehouse.github.no_standing_bypass

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

kinds := {"github_organization_ruleset", "github_repository_ruleset"}

actors[address] := blocks.list(ruleset.bypass_actors) if {
	some kind in kinds
	some name, ruleset in configuration.named(kind)
	ruleset.target == "branch"
	address := configuration.address(kind, name)
}

deny contains finding if {
	some address, listed in actors
	some index, actor in listed
	not is_break_glass(actor)
	finding := {
		"msg": sprintf("%v may pass the ruleset by (%v); only a team may, through a pull request", [
			object.get(actor, "actor_type", "somebody"),
			object.get(actor, "bypass_mode", "always"),
		]),
		"address": address,
		"path": sprintf("bypass_actors[%d]", [index]),
	}
}

deny contains finding if {
	some address, listed in actors
	count(listed) > 1
	finding := {
		"msg": sprintf("%d may pass the ruleset by; at most one team may", [count(listed)]),
		"address": address,
		"path": "bypass_actors",
	}
}

is_break_glass(actor) if {
	actor.actor_type == "Team"
	actor.bypass_mode == "pull_request"
}
