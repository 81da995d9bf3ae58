package gatehouse.workflows.no_foreign_code_with_rights_test

import data.gatehouse.workflows.no_foreign_code_with_rights as rule

test_refuses_the_head_of_a_pull_request if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": {"pull_request_target": {}},
		"jobs": {"build": {
			"runs-on": "ubuntu-24.04",
			"steps": [{"uses": "actions/checkout@v4", "with": {"ref": "${{ github.event.pull_request.head.sha }}"}}],
		}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[0].with.ref"]}
}

test_refuses_the_head_of_a_run if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": ["workflow_run"],
		"jobs": {"build": {
			"runs-on": "ubuntu-24.04",
			"steps": [{"uses": "actions/checkout@v4", "with": {"ref": "${{ github.event.workflow_run.head_sha }}"}}],
		}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[0].with.ref"]}
}

test_refuses_the_head_of_a_run_that_may_also_be_of_a_fork if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": ["workflow_run"],
		"jobs": {"build": {
			"if": "github.event.workflow_run.head_repository.full_name == github.repository || true",
			"steps": [{"uses": "actions/checkout@v4", "with": {"ref": "${{ github.event.workflow_run.head_sha }}"}}],
		}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[0].with.ref"]}
}

test_allows_the_head_of_a_run_of_an_own_branch if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": ["workflow_run"],
		"jobs": {"build": {
			"if": "github.event.workflow_run.event == 'pull_request' && github.event.workflow_run.head_repository.full_name == github.repository",
			"steps": [{"uses": "actions/checkout@v4", "with": {"ref": "${{ github.event.workflow_run.head_sha }}"}}],
		}},
	}
	count(findings) == 0
}

test_allows_the_same_where_it_has_no_rights if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "pull_request",
		"jobs": {"build": {
			"runs-on": "ubuntu-24.04",
			"steps": [{"uses": "actions/checkout@v4", "with": {"ref": "${{ github.event.pull_request.head.sha }}"}}],
		}},
	}
	count(findings) == 0
}

test_allows_main if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "pull_request_target",
		"jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"uses": "actions/checkout@v4"}]}},
	}
	count(findings) == 0
}
