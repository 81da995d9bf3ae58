# METADATA
# title: nobody approves a deployment of their own
# description: In a synthesized stack, nobody approves a deployment of their own
# custom:
#   id: environment-no-self-review
#   level: blocking
#   reason: one person must not be able to bring a change to production alone (POS-6, MAE-3)
#   remedy: keep `prevent_self_review` on wherever an environment has reviewers
#   links:
#     - https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
#   external:
#     - "CIS GitHub v1.2.0: 5.2.3"
package gatehouse.github.environment_no_self_review

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, environment in configuration.named("github_repository_environment")
	some reviewers in blocks.list(environment.reviewers)
	some kind in {"teams", "users"}
	count(reviewers[kind]) > 0
	not environment.prevent_self_review == true
	finding := {
		"msg": "who starts a deployment may approve it; somebody else must",
		"address": configuration.address("github_repository_environment", name),
		"path": "prevent_self_review",
	}
}
