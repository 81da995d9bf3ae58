# METADATA
# title: a pull request runs on no runner of one's own
# description: In a workflow file, a pull request runs on no runner of one's own
# custom:
#   id: no-own-runner-for-strangers
#   level: blocking
#   reason: who opens a pull request would run programs inside your network, and stay there
#   remedy: use GitHub's runners for what pull requests start
#   links:
#     - https://docs.github.com/en/actions/reference/security/secure-use
#     - https://docs.zizmor.sh/audits/#self-hosted-runner
#   external:
#     - "zizmor: self-hosted-runner"
package gatehouse.workflows.no_own_runner_for_strangers

import data.gatehouse.lib.workflow

deny contains finding if {
	count(workflow.triggers & {"pull_request", "pull_request_target"}) > 0
	some id, job in workflow.jobs
	"self-hosted" in labels(job["runs-on"])
	finding := {
		"msg": sprintf("a pull request starts the job %s on a runner of your own; use one of GitHub's", [id]),
		"address": workflow.address(id),
		"path": "runs-on",
	}
}

labels(value) := {value} if is_string(value)

labels(value) := {label | some label in value} if is_array(value)

labels(value) := labels_of_group(value.labels) if is_object(value)

labels_of_group(value) := {value} if is_string(value)

labels_of_group(value) := {label | some label in value} if is_array(value)
