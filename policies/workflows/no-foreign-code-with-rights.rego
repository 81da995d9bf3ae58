# METADATA
# title: a run with the repository's rights checks out no stranger's code
# description: In a workflow file, a run with the repository's rights checks out no stranger's code
# custom:
#   id: no-foreign-code-with-rights
#   level: blocking
#   reason: what was checked out is run sooner or later, with the token and the secrets of the repository
#   remedy: build in a workflow that `pull_request` starts, and hand its result over as an artifact
#   links:
#     - https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
#     - https://docs.zizmor.sh/audits/#dangerous-triggers
#   external:
#     - "OpenSSF Scorecard: Dangerous-Workflow"
#     - "Allstar: Dangerous Workflow"
#     - "zizmor: dangerous-triggers"
package gatehouse.workflows.no_foreign_code_with_rights

import data.gatehouse.lib.workflow

deny contains finding if {
	workflow.started_by_strangers
	some found in workflow.steps
	not only_for_own_branches(input.jobs[found.job])
	startswith(found.step.uses, "actions/checkout@")
	some key in {"ref", "repository"}
	regex.match(`github\.(event\.(pull_request\.(head|merge_commit_sha)|workflow_run\.head|issue\.pull_request)|head_ref)`, found.step.with[key])
	finding := {
		"msg": "a stranger's code is checked out with this repository's rights; build it where it has none",
		"address": workflow.address(found.job),
		"path": concat(".", [found.path, "with", key]),
	}
}

# Who may push a branch to this repository is no stranger.
only_for_own_branches(job) if {
	regex.match(`head(_repository|\.repo)\.full_name == github\.repository\b`, job["if"])
	not contains(job["if"], "||")
}
