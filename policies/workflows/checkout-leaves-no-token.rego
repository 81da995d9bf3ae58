# METADATA
# title: a checkout leaves no token behind
# description: In a workflow file, a checkout leaves no token behind
# custom:
#   id: checkout-leaves-no-token
#   level: blocking
#   reason: the token lies in .git/config for every later step, and in every archive of the directory
#   remedy: "set `persist-credentials: false`"
#   links:
#     - https://docs.zizmor.sh/audits/#artipacked
#   external:
#     - "zizmor: artipacked"
package gatehouse.workflows.checkout_leaves_no_token

import data.gatehouse.lib.workflow

deny contains finding if {
	some found in workflow.steps
	startswith(found.step.uses, "actions/checkout@")
	not object.get(found.step, ["with", "persist-credentials"], true) in {false, "false"}
	finding := {
		"msg": "the checkout leaves the run's token in .git/config; set persist-credentials to false",
		"address": workflow.address(found.job),
		"path": concat(".", [found.path, "with.persist-credentials"]),
	}
}
