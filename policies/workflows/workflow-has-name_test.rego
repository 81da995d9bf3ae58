package gatehouse.workflows.workflow_has_name_test

import data.gatehouse.workflows.workflow_has_name as rule

test_refuses_a_workflow_and_a_job_without_a_name if {
	findings := rule.deny with input as {"on": "push", "jobs": {"build": {"steps": [{"run": "true"}]}}}
	{[f.address, f.path] | some f in findings} == {["workflow", "name"], ["jobs.build", "name"]}
}

test_allows_names_and_a_call_that_has_that_of_its_jobs if {
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {
		"build": {"name": "Build", "steps": [{"run": "true"}]},
		"deploy": {"uses": "./.github/workflows/deploy.yml"},
	}}
	count(findings) == 0
}
