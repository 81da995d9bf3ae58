package gatehouse.workflows.jobs_end_test

import data.gatehouse.workflows.jobs_end as rule

test_refuses_one_without_a_time if {
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"run": "make"}]}}}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "timeout-minutes"]}
}

test_allows_one_with_a_time if {
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"build": {"timeout-minutes": 10, "steps": []}}}
	count(findings) == 0
}

test_allows_one_that_calls_a_workflow if {
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"build": {"uses": "./.github/workflows/build.yml"}}}
	count(findings) == 0
}
