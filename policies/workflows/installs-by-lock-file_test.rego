package gatehouse.workflows.installs_by_lock_file_test

import data.gatehouse.workflows.installs_by_lock_file as rule

test_refuses_an_install_without_a_lock if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"run": "npm install\nnpm test"}]}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[0].run"]}
}

test_refuses_python_without_hashes if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"run": "python -m pip install -r requirements.txt"}]}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[0].run"]}
}

test_allows_npm_ci if {
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"run": "npm ci"}]}}}
	count(findings) == 0
}

test_allows_python_with_hashes if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"jobs": {"build": {
			"runs-on": "ubuntu-24.04",
			"steps": [{"run": "python -m pip install --require-hashes -r requirements.txt"}],
		}},
	}
	count(findings) == 0
}
