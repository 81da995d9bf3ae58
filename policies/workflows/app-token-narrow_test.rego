package gatehouse.workflows.app_token_narrow_test

import data.gatehouse.workflows.app_token_narrow as rule

using(inputs) := {"name": "CI", "on": "push", "jobs": {"deploy": {"steps": [{"uses": "actions/create-github-app-token@0000000000000000000000000000000000000000", "with": inputs}]}}}

test_refuses_one_that_may_do_everything if {
	findings := rule.deny with input as using({"app-id": "1"})
	{[f.address, f.path] | some f in findings} == {["jobs.deploy", "steps[0].with"]}
}

test_refuses_one_without_inputs if {
	every step in [{"uses": "actions/create-github-app-token@v2"}, {"uses": "actions/create-github-app-token@v2", "with": null}] {
		findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"deploy": {"steps": [step]}}}
		{[f.address, f.path] | some f in findings} == {["jobs.deploy", "steps[0].with"]}
	}
}

test_refuses_one_for_all_of_an_owner if {
	findings := rule.deny with input as using({"owner": "example", "permission-contents": "read"})
	{f.path | some f in findings} == {"steps[0].with.owner"}
}

test_refuses_one_that_is_not_revoked if {
	every value in [true, "true", "${{ inputs.keep }}"] {
		findings := rule.deny with input as using({"permission-contents": "read", "skip-token-revoke": value})
		{f.path | some f in findings} == {"steps[0].with.skip-token-revoke"}
	}
}

test_allows_a_narrow_one if {
	findings := rule.deny with input as using({"owner": "example", "repositories": "shop", "permission-contents": "read", "skip-token-revoke": false})
	count(findings) == 0
}
