package gatehouse.change.approvals_lowered_test

import data.gatehouse.change.approvals_lowered as rule

test_refuses_two_becoming_one if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {
			"actions": ["update"],
			"before": {"rules": [{"pull_request": [{"required_approving_review_count": 2}]}]},
			"after": {"rules": [{"pull_request": [{"required_approving_review_count": 1}]}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_ruleset.it", "rules[0].pull_request[0].required_approving_review_count", 2, 1]}
}

test_refuses_the_rule_going_away if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {
			"actions": ["update"],
			"before": {"rules": [{"pull_request": [{"required_approving_review_count": 1}]}]},
			"after": {"rules": [{"pull_request": []}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_ruleset.it", "rules[0].pull_request[0].required_approving_review_count", 1, 0]}
}

test_allows_more_approvals if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {
			"actions": ["update"],
			"before": {"rules": [{"pull_request": [{"required_approving_review_count": 1}]}]},
			"after": {"rules": [{"pull_request": [{"required_approving_review_count": 2}]}]},
		},
	}]}
	count(findings) == 0
}

test_allows_a_new_ruleset if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {"actions": ["create"], "before": null, "after": {"rules": [{"pull_request": []}]}},
	}]}
	count(findings) == 0
}
