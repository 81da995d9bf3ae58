package gatehouse.workflows.no_insecure_commands_test

import data.gatehouse.workflows.no_insecure_commands as rule

test_refuses_a_workflow_that_allows_them if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"env": {"ACTIONS_ALLOW_UNSECURE_COMMANDS": "true"},
		"jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"run": "make"}]}},
	}
	{[f.address, f.path] | some f in findings} == {["workflow", "env.ACTIONS_ALLOW_UNSECURE_COMMANDS"]}
}

test_allows_a_workflow_that_says_nothing if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"env": {"CI": "true"},
		"jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"run": "make"}]}},
	}
	count(findings) == 0
}
