# METADATA
# title: no condition trusts the name of who started the run
# description: In a workflow file, no condition trusts the name of who started the run
# custom:
#   id: no-trust-in-actor
#   level: blocking
#   reason: "`github.actor` is who acted last, which anyone can arrange to be a bot"
#   remedy: "ask for the author: `github.event.pull_request.user.login`"
#   links:
#     - https://docs.zizmor.sh/audits/#bot-conditions
#   external:
#     - "zizmor: bot-conditions"
package gatehouse.workflows.no_trust_in_actor

import data.gatehouse.lib.workflow

deny contains finding if {
	some {"job": id, "path": path, "condition": condition} in workflow.conditions
	regex.match(`github\.(actor|triggering_actor)\s*==\s*'[^']*\[bot\]'`, condition)
	finding := {
		"msg": "the condition trusts who acted last; ask for the author",
		"address": workflow.address(id),
		"path": path,
	}
}
