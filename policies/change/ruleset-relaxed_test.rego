package gatehouse.change.ruleset_relaxed_test

import data.gatehouse.change.ruleset_relaxed as rule

test_refuses_force_pushes_let_in if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {
			"actions": ["update"],
			"before": {"rules": [{"non_fast_forward": true, "deletion": true}]},
			"after": {"rules": [{"non_fast_forward": false, "deletion": true}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_ruleset.it", "rules[0].non_fast_forward", true, false]}
}

test_refuses_code_owners_left_out if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {
			"actions": ["update"],
			"before": {"rules": [{"pull_request": [{"require_code_owner_review": true}]}]},
			"after": {"rules": [{"pull_request": [{"require_code_owner_review": false}]}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_ruleset.it", "rules[0].pull_request[0].require_code_owner_review", true, false]}
}

test_allows_a_rule_turned_on if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {
			"actions": ["update"],
			"before": {"rules": [{"deletion": false}]},
			"after": {"rules": [{"deletion": true}]},
		},
	}]}
	count(findings) == 0
}
