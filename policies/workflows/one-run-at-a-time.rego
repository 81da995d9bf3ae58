# METADATA
# title: a workflow says what happens when it is started twice
# description: In a workflow file, a workflow says what happens when it is started twice
# custom:
#   id: one-run-at-a-time
#   level: blocking
#   reason: two deployments at once end in an order that nobody chose
#   remedy: set `concurrency` at the workflow or the job
#   links:
#     - https://docs.zizmor.sh/audits/#concurrency-limits
#   external:
#     - "zizmor: concurrency-limits"
package gatehouse.workflows.one_run_at_a_time

import data.gatehouse.lib.workflow

deny contains finding if {
	not input.concurrency

	# Who calls a workflow says it for it.
	workflow.triggers != {"workflow_call"}
	some id, job in workflow.jobs
	workflow.environment(job)
	not job.concurrency
	finding := {
		"msg": sprintf("two runs of the job %s can deploy at once; give it a concurrency group", [id]),
		"address": workflow.address(id),
		"path": "concurrency",
	}
}
