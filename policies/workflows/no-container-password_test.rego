package gatehouse.workflows.no_container_password_test

import data.gatehouse.workflows.no_container_password as rule

test_refuses_one_that_is_written_there if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"jobs": {"build": {
			"container": {
				"image": "registry.example.com/node",
				"credentials": {"username": "ci", "password": "written here"},
			},
			"steps": [],
		}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "container.credentials.password"]}
}

test_refuses_that_of_a_service if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"jobs": {"build": {
			"services": {"db": {
				"image": "registry.example.com/db",
				"credentials": {"username": "ci", "password": "written here"},
			}},
			"steps": [],
		}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "services.db.credentials.password"]}
}

test_allows_one_from_a_secret if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"jobs": {"build": {
			"container": {
				"image": "registry.example.com/node",
				"credentials": {"username": "ci", "password": "${{ secrets.REGISTRY_TOKEN }}"},
			},
			"steps": [],
		}},
	}
	count(findings) == 0
}
