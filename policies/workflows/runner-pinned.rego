# METADATA
# title: a job says which release of an image it runs on
# description: In a workflow file, a job says which release of an image it runs on
# custom:
#   id: runner-pinned
#   level: advisory
#   reason: "`latest` changes under a green main (POS-4, MAE-10)"
#   remedy: write the release, as `ubuntu-24.04`
#   links:
#     - https://docs.github.com/en/actions/reference/runners/github-hosted-runners
#   external:
#     - "CIS GitHub v1.2.0: 2.4.2"
package gatehouse.workflows.runner_pinned

import data.gatehouse.lib.workflow

deny contains finding if {
	some id, job in workflow.jobs
	label := job["runs-on"]
	endswith(label, "-latest")
	finding := {
		"msg": sprintf("%s is another image next year; write its release", [label]),
		"address": workflow.address(id),
		"path": "runs-on",
	}
}
