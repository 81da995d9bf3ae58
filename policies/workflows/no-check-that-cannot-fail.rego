# METADATA
# title: a job can fail
# description: In a workflow file, a job can fail
# custom:
#   id: no-check-that-cannot-fail
#   level: advisory
#   reason: a job that goes on after an error is green whatever it finds
#   remedy: take `continue-on-error` out of the job
#   links:
#     - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idcontinue-on-error
#   external:
#     - "CIS GitHub v1.2.0: 1.1.9"
package gatehouse.workflows.no_check_that_cannot_fail

import data.gatehouse.lib.workflow

deny contains finding if {
	some id, job in workflow.jobs
	job["continue-on-error"] == true
	finding := {
		"msg": sprintf("the job %s is green whatever it finds; let it fail", [id]),
		"address": workflow.address(id),
		"path": "continue-on-error",
	}
}
