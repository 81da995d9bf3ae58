package gatehouse.workflows.no_check_that_cannot_fail_test

import data.gatehouse.workflows.no_check_that_cannot_fail as rule

test_refuses_a_job_that_goes_on if {
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"scan": {"continue-on-error": true, "steps": []}}}
	{[f.address, f.path] | some f in findings} == {["jobs.scan", "continue-on-error"]}
}

test_allows_a_job_that_stops if {
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"scan": {"steps": []}}}
	count(findings) == 0
}
