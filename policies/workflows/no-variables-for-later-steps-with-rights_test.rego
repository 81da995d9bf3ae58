package gatehouse.workflows.no_variables_for_later_steps_with_rights_test

import data.gatehouse.workflows.no_variables_for_later_steps_with_rights as rule

test_refuses_a_variable_in_a_run_with_rights if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": {"workflow_run": {}},
		"jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"run": "echo \"A=1\" >> \"$GITHUB_ENV\""}]}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[0].run"]}
}

test_allows_an_output if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": {"workflow_run": {}},
		"jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"run": "echo \"a=1\" >> \"$GITHUB_OUTPUT\""}]}},
	}
	count(findings) == 0
}

test_allows_a_variable_in_a_run_of_main if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"run": "echo \"A=1\" >> \"$GITHUB_ENV\""}]}},
	}
	count(findings) == 0
}
