package gatehouse.workflows.no_list_in_a_text_test

import data.gatehouse.workflows.no_list_in_a_text as rule

job_with(condition) := {"name": "CI", "on": "push", "jobs": {"deploy": {"if": condition, "steps": []}}}

test_refuses_to_look_for_a_name_in_a_text if {
	every condition in ["contains('refs/heads/main refs/heads/develop', github.ref)", "${{ !Contains( 'main,next' , github.ref_name ) }}"] {
		findings := rule.deny with input as job_with(condition)
		{[f.address, f.path] | some f in findings} == {["jobs.deploy", "if"]}
	}
}

test_allows_lists_and_what_looks_in_what_came if {
	every condition in [
		"contains(fromJSON('[\"refs/heads/main\", \"refs/heads/develop\"]'), github.ref)",
		"contains(github.event.pull_request.labels.*.name, 'ready')",
		"contains('a text', 'text')",
		"github.ref == 'refs/heads/main'",
	] {
		findings := rule.deny with input as job_with(condition)
		count(findings) == 0
	}
}
