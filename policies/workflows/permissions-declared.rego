# METADATA
# title: a workflow says what its token may do
# description: In a workflow file, a workflow says what its token may do
# custom:
#   id: permissions-declared
#   level: blocking
#   reason: without it the token may do what the organization's default is, today or tomorrow
#   remedy: "write `permissions: {}` at the top and what a job needs at the job"
#   links:
#     - https://docs.github.com/en/actions/reference/security/secure-use
#     - https://docs.zizmor.sh/audits/#excessive-permissions
#   external:
#     - "OpenSSF Scorecard: Token-Permissions"
#     - "zizmor: excessive-permissions"
package gatehouse.workflows.permissions_declared

import data.gatehouse.lib.workflow

deny contains finding if {
	count(workflow.jobs) > 0
	not declared
	finding := {
		"msg": "the workflow doesn't say what its token may do; write its permissions",
		"address": "workflow",
		"path": "permissions",
	}
}

declared if is_object(input.permissions)

declared if is_string(input.permissions)
