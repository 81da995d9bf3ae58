package gatehouse.workflows.uses_written_plainly_test

import data.gatehouse.workflows.uses_written_plainly as rule

in_step(uses) := {"name": "CI", "on": "push", "jobs": {"build": {"steps": [{"run": "true"}, {"uses": uses}]}}}

test_refuses_disguises if {
	every uses in ["owner/action//sub@v1", "owner/action/./sub@v1", "owner/action/a/../sub@v1", "./../other", "./.github//actions/x", "owner/action/@v1"] {
		findings := rule.deny with input as in_step(uses)
		{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[1].uses"]}
	}
}

test_refuses_them_at_a_call if {
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"build": {"uses": "./.github/./workflows/w.yml"}}}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "uses"]}
}

test_refuses_inputs_that_are_an_expression if {
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"build": {"steps": [{"uses": "owner/action@v1", "with": "${{ fromJSON(inputs.all) }}"}]}}}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[0].with"]}
}

test_allows_plain_ones if {
	every uses in ["owner/action@v1", "owner/action/sub/path@v1", "./.github/actions/x", "$/.github/actions/x", "docker://alpine:3.20", "./"] {
		findings := rule.deny with input as in_step(uses)
		count(findings) == 0
	}
}
