# METADATA
# title: a run takes no commands from its own output
# description: In a workflow file, a run takes no commands from its own output
# custom:
#   id: no-insecure-commands
#   level: blocking
#   reason: what a program prints could set variables and the path of later steps
#   remedy: take `ACTIONS_ALLOW_UNSECURE_COMMANDS` out
#   links:
#     - https://docs.zizmor.sh/audits/#insecure-commands
#   external:
#     - "Checkov: CKV_GHA_1"
#     - "zizmor: insecure-commands"
package gatehouse.workflows.no_insecure_commands

import data.gatehouse.lib.paths
import data.gatehouse.lib.workflow

deny contains finding if {
	count(workflow.jobs) > 0
	walk(input, [at, value])
	at[count(at) - 1] == "ACTIONS_ALLOW_UNSECURE_COMMANDS"
	lower(sprintf("%v", [value])) == "true"
	finding := {
		"msg": "a program's output may set variables of later steps; take ACTIONS_ALLOW_UNSECURE_COMMANDS out",
		"address": "workflow",
		"path": paths.text(at),
	}
}
