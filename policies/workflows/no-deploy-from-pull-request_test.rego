package gatehouse.workflows.no_deploy_from_pull_request_test

import data.gatehouse.workflows.no_deploy_from_pull_request as rule

test_refuses_a_job_of_production if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": ["push", "pull_request"],
		"jobs": {"deploy": {"environment": "production", "steps": []}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.deploy", "environment"]}
}

test_refuses_one_that_has_an_address if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "pull_request",
		"jobs": {"deploy": {"environment": {"name": "prod", "url": "https://shop.example.com"}, "steps": []}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.deploy", "environment"]}
}

test_allows_a_preview if {
	findings := rule.deny with input as {"name": "CI", "on": "pull_request", "jobs": {"deploy": {"environment": "previews", "steps": []}}}
	count(findings) == 0
}

test_allows_production_from_main if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": {"push": {"branches": ["main"]}},
		"jobs": {"deploy": {"environment": "production", "steps": []}},
	}
	count(findings) == 0
}
