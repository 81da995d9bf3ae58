package gatehouse.workflows.runner_pinned_test

import data.gatehouse.workflows.runner_pinned as rule

test_refuses_the_latest if {
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"build": {"runs-on": "ubuntu-latest", "steps": []}}}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "runs-on"]}
}

test_allows_a_release if {
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": []}}}
	count(findings) == 0
}
