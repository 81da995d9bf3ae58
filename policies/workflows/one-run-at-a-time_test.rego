package gatehouse.workflows.one_run_at_a_time_test

import data.gatehouse.workflows.one_run_at_a_time as rule

test_refuses_a_deployment_without_a_group if {
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"deploy": {"environment": "production", "steps": []}}}
	{[f.address, f.path] | some f in findings} == {["jobs.deploy", "concurrency"]}
}

test_allows_a_deployment_in_a_group if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"concurrency": {"group": "deploy"},
		"jobs": {"deploy": {"environment": "production", "steps": []}},
	}
	count(findings) == 0
}

test_allows_a_workflow_that_is_called if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": {"workflow_call": {}},
		"jobs": {"deploy": {"environment": "production", "steps": []}},
	}
	count(findings) == 0
}
