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

running(script) := {"name": "CI", "on": "push", "jobs": {"build": {"steps": [{"run": script}]}}}

test_refuses_whatever_somebody_may_have_written if {
	every script in [
		"echo ${{ matrix.version }}",
		"echo ${{ vars.NAME }} ${{ github.sha }}",
		"echo ${{ env.TITLE }}",
		"echo ${{ github.base_ref || github.ref }}",
		"echo ${{ github['head_ref'] }}",
		"echo ${{ format('{0}', secrets.KEY) }}",
		"echo ${{ toJSON(github) }}",
		"echo ${{\n  steps.look.outputs.name\n}}",
	] {
		findings := rule.deny with input as running(script)
		{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[0].run"]}
	}
}

test_allows_what_github_makes_and_texts if {
	every script in [
		"git show ${{ github.sha }}",
		"cd ${{ github.workspace }}/${{ runner.os }} && echo ${{ github.run_id }}-${{ github.run_attempt }}",
		"echo ${{ 'https://github.com' }} ${{ hashFiles('package-lock.json') }}",
		"echo $TITLE",
	] {
		findings := rule.deny with input as running(script)
		count(findings) == 0
	}
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
