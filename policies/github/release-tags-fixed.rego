# METADATA
# title: a protected tag can't be moved or deleted
# description: In a synthesized stack, a protected tag can't be moved or deleted
# custom:
#   id: release-tags-fixed
#   level: blocking
#   reason: a release tag that moves makes the record of what was deployed a guess (POS-7)
#   remedy: keep `deletion`, `non_fast_forward` and `update` in a ruleset of tags
#   links:
#     - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
#   external: []
package gatehouse.github.release_tags_fixed

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, ruleset in configuration.named("github_repository_ruleset")
	ruleset.target == "tag"
	some rule in {"deletion", "non_fast_forward", "update"}
	not forbids(ruleset, rule)
	finding := {
		"msg": sprintf("the tags of this ruleset can be changed: the rule %s is off", [rule]),
		"address": configuration.address("github_repository_ruleset", name),
		"path": concat(".", ["rules", rule]),
	}
}

forbids(ruleset, rule) if blocks.one(ruleset.rules)[rule] == true
