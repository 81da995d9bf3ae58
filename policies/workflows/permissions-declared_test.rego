package gatehouse.workflows.permissions_declared_test

import data.gatehouse.workflows.permissions_declared as rule

test_refuses_a_workflow_that_says_nothing if {
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"run": "make"}]}}}
	{[f.address, f.path] | some f in findings} == {["workflow", "permissions"]}
}

test_allows_a_workflow_without_permissions_of_its_own if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"permissions": {},
		"jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"run": "make"}]}},
	}
	count(findings) == 0
}

test_refuses_a_workflow_read_by_who_takes_on_for_true if {
	findings := rule.deny with input as {"true": "push", "jobs": {"build": {}}}
	{[f.address, f.path] | some f in findings} == {["workflow", "permissions"]}
}

test_allows_a_workflow_that_only_reads if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"permissions": "read-all",
		"jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"run": "make"}]}},
	}
	count(findings) == 0
}

test_allows_a_document_with_jobs_that_is_no_workflow if {
	findings := rule.deny with input as {"jobs": {"a": {}}}
	count(findings) == 0
}
