package gatehouse.workflows.no_template_in_script_test

import data.gatehouse.workflows.no_template_in_script as rule

test_refuses_a_title_in_a_script if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "pull_request",
		"jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"run": "echo \"${{ github.event.pull_request.title }}\""}]}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[0].run"]}
}

test_refuses_a_branch_in_the_script_of_an_action if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "pull_request",
		"jobs": {"build": {
			"runs-on": "ubuntu-24.04",
			"steps": [{"uses": "actions/github-script@v7", "with": {"script": "core.info(\"${{ github.head_ref }}\")"}}],
		}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[0].with.script"]}
}

test_allows_a_title_in_a_variable if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "pull_request",
		"jobs": {"build": {
			"runs-on": "ubuntu-24.04",
			"steps": [{"run": "echo \"$TITLE\"", "env": {"TITLE": "${{ github.event.pull_request.title }}"}}],
		}},
	}
	count(findings) == 0
}
