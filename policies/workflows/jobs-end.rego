# METADATA
# title: a job has a time at which it is ended
# description: In a workflow file, a job has a time at which it is ended
# custom:
#   id: jobs-end
#   level: advisory
#   reason: a job that hangs blocks the queue for six hours, and is paid for
#   remedy: set `timeout-minutes`
#   links:
#     - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idtimeout-minutes
#   external: []
package gatehouse.workflows.jobs_end

import data.gatehouse.lib.workflow

deny contains finding if {
	some id, job in workflow.jobs

	# A called workflow says it in its own jobs.
	not job.uses
	not job["timeout-minutes"]
	finding := {
		"msg": sprintf("the job %s may run for six hours; say when it is ended", [id]),
		"address": workflow.address(id),
		"path": "timeout-minutes",
	}
}
