package gatehouse.workflows.no_own_runner_for_strangers_test

import data.gatehouse.workflows.no_own_runner_for_strangers as rule

test_refuses_an_own_runner if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "pull_request",
		"jobs": {"build": {"runs-on": ["self-hosted", "linux"], "steps": []}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "runs-on"]}
}

test_refuses_an_own_runner_by_its_only_label if {
	findings := rule.deny with input as {"name": "CI", "on": "pull_request", "jobs": {"build": {"runs-on": "self-hosted", "steps": []}}}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "runs-on"]}
}

test_refuses_an_own_runner_of_a_group if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "pull_request",
		"jobs": {
			"build": {"runs-on": {"group": "big", "labels": ["self-hosted"]}, "steps": []},
			"test": {"runs-on": {"labels": "self-hosted"}, "steps": []},
		},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "runs-on"], ["jobs.test", "runs-on"]}
}

test_allows_one_of_github if {
	findings := rule.deny with input as {"name": "CI", "on": "pull_request", "jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": []}}}
	count(findings) == 0
}

test_allows_an_own_runner_for_main if {
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"build": {"runs-on": "self-hosted", "steps": []}}}
	count(findings) == 0
}
