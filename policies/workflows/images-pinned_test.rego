package gatehouse.workflows.images_pinned_test

import data.gatehouse.workflows.images_pinned as rule

test_refuses_a_container_by_its_tag if {
	findings := rule.deny with input as {"name": "CI", "on": "push", "jobs": {"build": {"container": "node:24", "steps": []}}}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "container"]}
}

test_refuses_a_service_by_its_tag if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"jobs": {"build": {"services": {"db": {"image": "postgres:17"}}, "steps": []}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.build", "services.db.image"]}
}

test_allows_images_by_their_digest if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"jobs": {"build": {
			"container": {"image": "node@sha256:0000000000000000000000000000000000000000000000000000000000000000"},
			"steps": [],
		}},
	}
	count(findings) == 0
}
