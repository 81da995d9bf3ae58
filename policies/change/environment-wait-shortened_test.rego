package gatehouse.change.environment_wait_shortened_test

import data.gatehouse.change.environment_wait_shortened as rule

test_refuses_five_minutes_becoming_none if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_environment.it",
		"type": "github_repository_environment",
		"change": {"actions": ["update"], "before": {"wait_timer": 5}, "after": {}},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_environment.it", "wait_timer", 5, 0]}
}

test_allows_a_longer_wait if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_environment.it",
		"type": "github_repository_environment",
		"change": {"actions": ["update"], "before": {"wait_timer": 5}, "after": {"wait_timer": 10}},
	}]}
	count(findings) == 0
}
