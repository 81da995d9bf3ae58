# METADATA
# title: a workflow's token writes only where a job says so
# description: In a workflow file, a workflow's token writes only where a job says so
# custom:
#   id: permissions-read-only
#   level: blocking
#   reason: a permission at the top is one of every job, and of every action in them
#   remedy: move what writes to the job that needs it
#   links:
#     - https://docs.github.com/en/actions/reference/security/secure-use
#     - https://docs.zizmor.sh/audits/#excessive-permissions
#   external:
#     - "OpenSSF Scorecard: Token-Permissions"
#     - "Checkov: CKV2_GHA_1"
#     - "zizmor: excessive-permissions"
package gatehouse.workflows.permissions_read_only

import data.gatehouse.lib.workflow

deny contains finding if {
	count(workflow.jobs) > 0
	input.permissions == "write-all"
	finding := {
		"msg": "every job may write everything; give each job what it needs",
		"address": "workflow",
		"path": "permissions",
	}
}

deny contains finding if {
	count(workflow.jobs) > 0
	some scope, "write" in input.permissions
	finding := {
		"msg": sprintf("every job may write %s; give it to the one that needs it", [scope]),
		"address": "workflow",
		"path": concat(".", ["permissions", scope]),
	}
}

deny contains finding if {
	some id, job in workflow.jobs
	job.permissions == "write-all"
	finding := {
		"msg": sprintf("the job %s may write everything; give it what it needs", [id]),
		"address": workflow.address(id),
		"path": "permissions",
	}
}
