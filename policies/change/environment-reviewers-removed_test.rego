package gatehouse.change.environment_reviewers_removed_test

import data.gatehouse.change.environment_reviewers_removed as rule

test_refuses_a_team_that_no_longer_reviews if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_environment.it",
		"type": "github_repository_environment",
		"change": {
			"actions": ["update"],
			"before": {"reviewers": [{"teams": [7], "users": []}]},
			"after": {"reviewers": [{"teams": [], "users": []}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_environment.it", "reviewers[0].teams", 7, null]}
}

test_refuses_reviewers_that_go_altogether if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_environment.it",
		"type": "github_repository_environment",
		"change": {
			"actions": ["update"],
			"before": {"reviewers": [{"teams": [], "users": [9]}]},
			"after": {"reviewers": []},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_environment.it", "reviewers[0].users", 9, null]}
}

test_allows_a_second_team if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_environment.it",
		"type": "github_repository_environment",
		"change": {
			"actions": ["update"],
			"before": {"reviewers": [{"teams": [7]}]},
			"after": {"reviewers": [{"teams": [7, 8]}]},
		},
	}]}
	count(findings) == 0
}
