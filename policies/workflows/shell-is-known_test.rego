package gatehouse.workflows.shell_is_known_test

import data.gatehouse.workflows.shell_is_known as rule

in_step(step) := {"name": "CI", "on": "push", "jobs": {"build": {"steps": [step]}}}

test_refuses_cmd_and_what_nobody_knows if {
	every shell in ["cmd", "cmd.exe /C {0}", "perl {0}"] {
		findings := rule.deny with input as in_step({"run": "build", "shell": shell})
		{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[0].shell"]}
	}
}

test_refuses_it_as_a_default if {
	defaults := {"run": {"shell": "cmd"}}
	findings := rule.deny with input as {"name": "CI", "on": "push", "defaults": defaults, "jobs": {"build": {"defaults": defaults, "steps": []}}}
	{[f.address, f.path] | some f in findings} == {["workflow", "defaults.run.shell"], ["jobs.build", "defaults.run.shell"]}
}

test_refuses_packages_in_the_python_of_the_machine if {
	findings := rule.deny with input as in_step({"uses": "actions/setup-python@v6", "with": {"pip-install": "."}})
	{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[0].with.pip-install"]}
}

test_allows_shells_that_are_known if {
	every shell in ["bash", "bash -euo pipefail {0}", "sh", "pwsh", "powershell", "python"] {
		findings := rule.deny with input as in_step({"run": "build", "shell": shell})
		count(findings) == 0
	}
}

test_allows_no_word_of_it_and_a_python if {
	every step in [{"run": "build"}, {"uses": "actions/setup-python@v6", "with": {"python-version": "3.13"}}] {
		findings := rule.deny with input as in_step(step)
		count(findings) == 0
	}
}
