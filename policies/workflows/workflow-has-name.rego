# METADATA
# title: workflows and their jobs have names
# description: In a workflow file, workflows and their jobs have names
# custom:
#   id: workflow-has-name
#   level: advisory
#   reason: what has none is shown by its file and id, in lists of runs and in checks
#   remedy: write `name`, at the workflow and at each job that runs steps
#   links:
#     - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#name
#     - https://docs.zizmor.sh/audits/#anonymous-definition
#   external:
#     - "zizmor: anonymous-definition"
package gatehouse.workflows.workflow_has_name

import data.gatehouse.lib.workflow

deny contains finding if {
	count(workflow.jobs) > 0
	not input.name
	finding := {
		"msg": "the workflow is shown by the path of its file; give it a name",
		"address": "workflow",
		"path": "name",
	}
}

deny contains finding if {
	some id, job in workflow.jobs
	job.steps
	not job.name
	finding := {
		"msg": sprintf("the job %s is shown by its id; give it a name", [id]),
		"address": workflow.address(id),
		"path": "name",
	}
}
