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
	every inputs in [
		{"owner": "example", "permission-contents": "read"},
		{"owner": "example", "permission-contents": "read", "permission-members": "read"},
	] {
		findings := rule.deny with input as using(inputs)
		{f.path | some f in findings} == {"steps[0].with.owner"}
	}
}

test_allows_one_for_the_organization_itself if {
	every permission in ["permission-members", "permission-organization-secrets", "permission-custom-properties-for-organizations"] {
		findings := rule.deny with input as using({"owner": "example", permission: "read"})
		count(findings) == 0
	}
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
