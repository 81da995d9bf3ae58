# METADATA
# title: actions are pinned to a commit
# description: In a workflow file, an action or workflow of another repository is named by a full commit, and an image by its digest
# custom:
#   id: actions-pinned
#   level: blocking
#   reason: a tag or a branch can be moved to other code, which then runs with the workflow's token and secrets
#   remedy: name the commit, and the version in a comment; those of rendered workflows are in workflows/actions.ts
#   links:
#     - https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions
#     - https://docs.zizmor.sh/audits/#unpinned-uses
#   external:
#     - "OpenSSF Scorecard: Pinned-Dependencies"
#     - "CIS GitHub v1.2.0: 2.4.2"
#     - "zizmor: ref-confusion"
#     - "zizmor: unpinned-uses"
package gatehouse.workflows.actions_pinned

import data.gatehouse.lib.workflow

deny contains finding if {
	some {"job": id, "path": path, "step": step} in workflow.steps
	not is_pinned(step.uses)
	finding := unpinned(id, sprintf("%s.uses", [path]), step.uses)
}

deny contains finding if {
	some id, job in workflow.jobs
	not is_pinned(job.uses)
	finding := unpinned(id, "uses", job.uses)
}

unpinned(job, path, uses) := {
	"msg": sprintf("%v is not pinned to a commit", [uses]),
	"address": workflow.address(job),
	"path": path,
}

# Of the same commit as the workflow.
is_pinned(uses) if startswith(uses, "./")

# The same, as GitHub resolves it itself: https://github.blog/changelog/2026-07-30-reference-same-repository-actions-with-self-repository-syntax/
is_pinned(uses) if startswith(uses, "$/")

is_pinned(uses) if regex.match(`^[^@\s]+@[0-9a-f]{40}$`, uses)

is_pinned(uses) if regex.match(`^docker://[^\s]+@sha256:[0-9a-f]{64}$`, uses)
