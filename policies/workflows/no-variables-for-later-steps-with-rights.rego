# METADATA
# title: a run with rights sets no variables for later steps
# description: In a workflow file, a run with rights sets no variables for later steps
# custom:
#   id: no-variables-for-later-steps-with-rights
#   level: blocking
#   reason: a value from a pull request could become LD_PRELOAD of the next step
#   remedy: pass values as outputs of the step
#   links:
#     - https://docs.zizmor.sh/audits/#github-env
#   external:
#     - "zizmor: github-env"
package gatehouse.workflows.no_variables_for_later_steps_with_rights

import data.gatehouse.lib.workflow

deny contains finding if {
	workflow.started_by_strangers
	some found in workflow.steps
	regex.match(`GITHUB_(ENV|PATH)\b`, found.step.run)
	finding := {
		"msg": "a run that strangers can start sets variables of later steps; use outputs",
		"address": workflow.address(found.job),
		"path": concat(".", [found.path, "run"]),
	}
}
