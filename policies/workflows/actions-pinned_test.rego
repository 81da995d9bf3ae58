package gatehouse.workflows.actions_pinned_test

import data.gatehouse.workflows.actions_pinned as rule

commit := "0000000000000000000000000000000000000000"

digest := "0000000000000000000000000000000000000000000000000000000000000000"

in_step(uses) := {"name": "CI", "on": "push", "jobs": {"build": {"steps": [{"run": "true"}, {"uses": uses}]}}}

in_job(uses) := {"name": "CI", "on": "push", "jobs": {"build": {"uses": uses}}}

test_refuses_tags_branches_short_commits_and_none if {
	every uses in ["owner/action@v4", "owner/action@main", "owner/action@0123456", "owner/action", "docker://alpine:3.20"] {
		findings := rule.deny with input as in_step(uses)
		{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[1].uses"]}
	}
}

test_refuses_them_among_steps_side_by_side if {
	steps := [{"run": "true"}, {"parallel": [{"run": "true"}, {"uses": "owner/action@v4"}]}]
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"build": {"steps": steps}}}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[1].parallel[1].uses"]}
}

test_refuses_a_workflow_by_its_branch if {
	findings := rule.deny with input as in_job("owner/repository/.github/workflows/w.yml@main")
	{[f.address, f.path, f.msg] | some f in findings} == {[
		"jobs.build",
		"uses",
		"owner/repository/.github/workflows/w.yml@main is not pinned to a commit",
	]}
}

test_allows_commits_digests_and_what_is_in_the_same_commit if {
	every uses in [
		sprintf("owner/action@%s", [commit]),
		sprintf("owner/action/sub/path@%s", [commit]),
		sprintf("docker://alpine@sha256:%s", [digest]),
		"./.github/actions/prepare",
		"$/.github/actions/prepare",
	] {
		findings := rule.deny with input as in_step(uses)
		count(findings) == 0
	}
}

test_allows_a_workflow_by_its_commit_or_in_the_same_one if {
	every uses in [sprintf("owner/repository/.github/workflows/w.yml@%s", [commit]), "./.github/workflows/w.yml", "$/.github/workflows/w.yml"] {
		findings := rule.deny with input as in_job(uses)
		count(findings) == 0
	}
}
