package gatehouse.workflows.no_choice_of_nothing_test

import data.gatehouse.workflows.no_choice_of_nothing as rule

using(value) := {"name": "CI", "on": "push", "jobs": {"deploy": {"env": {"VALUE": value}, "steps": []}}}

test_refuses_to_choose_what_is_passed_over if {
	every value in ["${{ inputs.dry && '' || 'go' }}", "${{ inputs.dry&&0||1 }}", "${{ a && b && false || c }}", "${{ a && null || b }}"] {
		findings := rule.deny with input as using(value)
		{[f.address, f.path] | some f in findings} == {["jobs.deploy", "env.VALUE"]}
	}
}

test_allows_other_choices if {
	every value in ["${{ inputs.dry && 'dry' || '' }}", "${{ case(inputs.dry, '', 'go') }}", "${{ a && '0' || b }}", "a && '' || b"] {
		findings := rule.deny with input as using(value)
		count(findings) == 0
	}
}
