package gatehouse.workflows.checkout_leaves_no_token_test

import data.gatehouse.workflows.checkout_leaves_no_token as rule

test_refuses_a_checkout_with_its_defaults if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"uses": "actions/checkout@v4"}]}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[0].with.persist-credentials"]}
}

test_allows_a_checkout_without_it if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"jobs": {"build": {
			"runs-on": "ubuntu-24.04",
			"steps": [{"uses": "actions/checkout@v4", "with": {"persist-credentials": false}}],
		}},
	}
	count(findings) == 0
}
