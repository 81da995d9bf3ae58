package gatehouse.workflows.no_condition_always_true_test

import data.gatehouse.workflows.no_condition_always_true as rule

job_with(condition) := {"name": "CI", "on": "push", "jobs": {"deploy": {"if": condition, "steps": [{"run": "true"}]}}}

test_refuses_what_stands_beside_the_braces if {
	every condition in ["${{ false }}\n", " ${{ false }}", "${{ failure() }} || ${{ cancelled() }}", "!${{ always() }}", "${{ a }} && b"] {
		findings := rule.deny with input as job_with(condition)
		{[f.address, f.path] | some f in findings} == {["jobs.deploy", "if"]}
	}
}

test_refuses_it_at_a_step if {
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"deploy": {"steps": [{"run": "true", "if": "${{ false }}\n"}]}}}
	{[f.address, f.path] | some f in findings} == {["jobs.deploy", "steps[0].if"]}
}

test_allows_a_condition if {
	every condition in ["${{ always() }}", "${{\n  a &&\n  b\n}}", "${{ format('{0}}', a) == 'b}' }}", "github.ref == 'refs/heads/main'\n", "always()", true, false] {
		findings := rule.deny with input as job_with(condition)
		count(findings) == 0
	}
}
