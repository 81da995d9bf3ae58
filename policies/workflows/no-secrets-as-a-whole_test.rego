package gatehouse.workflows.no_secrets_as_a_whole_test

import data.gatehouse.workflows.no_secrets_as_a_whole as rule

test_refuses_all_secrets_as_text if {
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"build": {"env": {"ALL": "${{ toJSON(secrets) }}"}, "steps": []}}}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "env.ALL"]}
}

test_refuses_a_secret_by_a_name_that_is_computed if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"jobs": {"build": {"env": {"KEY": "${{ secrets[inputs.name] }}"}, "steps": []}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "env.KEY"]}
}

test_allows_one_secret if {
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"build": {"env": {"KEY": "${{ secrets.KEY }}"}, "steps": []}}}
	count(findings) == 0
}
