package gatehouse.workflows.permissions_read_only_test

import data.gatehouse.workflows.permissions_read_only as rule

test_refuses_a_workflow_that_may_write_everything if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"permissions": "write-all",
		"jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"run": "make"}]}},
	}
	{[f.address, f.path] | some f in findings} == {["workflow", "permissions"]}
}

test_refuses_a_workflow_whose_jobs_may_all_write_packages if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"permissions": {"contents": "read", "packages": "write"},
		"jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": [{"run": "make"}]}},
	}
	{[f.address, f.path] | some f in findings} == {["workflow", "permissions.packages"]}
}

test_refuses_a_job_that_may_write_everything if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"permissions": {},
		"jobs": {"build": {"permissions": "write-all", "steps": []}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "permissions"]}
}

test_allows_a_job_that_may_write_one_thing if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"permissions": {"contents": "read"},
		"jobs": {"build": {"permissions": {"packages": "write"}, "steps": []}},
	}
	count(findings) == 0
}
