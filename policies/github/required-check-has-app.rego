# METADATA
# title: a required check names the app that may report it
# description: In a synthesized stack, a required check names the app that may report it
# custom:
#   id: required-check-has-app
#   level: blocking
#   reason: without an app anyone with a token can report the check as passed
#   remedy: "leave required checks to the jobs of `ci`: they are reported by GitHub Actions, whose app id is 15368"
#   links:
#     - https://docs.github.com/en/rest/repos/rules
#   external:
#     - "Allstar: Branch Protection"
package gatehouse.github.required_check_has_app

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, ruleset in configuration.named("github_repository_ruleset")
	checks := blocks.list(blocks.one(blocks.one(ruleset.rules).required_status_checks).required_check)
	some index, check in checks
	object.get(check, "integration_id", 0) in {0, null}
	finding := {
		"msg": sprintf("the check %v may be reported by any app; give it the id of one", [check.context]),
		"address": configuration.address("github_repository_ruleset", name),
		"path": sprintf("rules.required_status_checks.required_check[%d].integration_id", [index]),
	}
}
