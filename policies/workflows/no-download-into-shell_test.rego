package gatehouse.workflows.no_download_into_shell_test

import data.gatehouse.workflows.no_download_into_shell as rule

test_refuses_a_download_in_a_pipe if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"run": "curl -fsSL https://get.example.com | sh"}]}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[0].run"]}
}

test_refuses_a_download_in_a_substitution if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"run": "bash <(curl -fsSL https://get.example.com)"}]}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[0].run"]}
}

test_allows_a_download_that_is_compared if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"jobs": {"build": {
			"runs-on": "ubuntu-24.04",
			"steps": [{"run": "curl -fsSLo tool https://get.example.com/tool\nsha256sum --check tool.sum\n./tool"}],
		}},
	}
	count(findings) == 0
}
