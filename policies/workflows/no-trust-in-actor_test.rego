package gatehouse.workflows.no_trust_in_actor_test

import data.gatehouse.workflows.no_trust_in_actor as rule

test_refuses_a_bot_by_its_last_act if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "pull_request_target",
		"jobs": {"merge": {"if": "github.actor == 'dependabot[bot]'", "steps": []}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.merge", "if"]}
}

test_allows_a_bot_by_its_authorship if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "pull_request_target",
		"jobs": {"merge": {"if": "github.event.pull_request.user.login == 'dependabot[bot]'", "steps": []}},
	}
	count(findings) == 0
}
