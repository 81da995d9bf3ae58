package gatehouse.workflows.no_secret_taken_apart_test

import data.gatehouse.workflows.no_secret_taken_apart as rule

using(value) := {"name": "CI", "on": "push", "jobs": {"deploy": {"env": {"KEY": value}, "steps": []}}}

test_refuses_a_field_of_a_secret if {
	every value in ["${{ fromJSON(secrets.ACCOUNT).password }}", "user-${{ fromjson( SECRETS['ACCOUNT'] ).name }}"] {
		findings := rule.deny with input as using(value)
		{[f.address, f.path] | some f in findings} == {["jobs.deploy", "env.KEY"]}
	}
}

test_allows_whole_secrets_and_json_that_is_none if {
	every value in ["${{ secrets.PASSWORD }}", "${{ fromJSON(needs.look.outputs.list) }}", "fromJSON(secrets.ACCOUNT)"] {
		findings := rule.deny with input as using(value)
		count(findings) == 0
	}
}
