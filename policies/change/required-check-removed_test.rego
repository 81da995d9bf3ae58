package gatehouse.change.required_check_removed_test

import data.gatehouse.change.required_check_removed as rule

test_refuses_one_of_two_going_away if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {
			"actions": ["update"],
			"before": {"rules": [{"required_status_checks": [{"required_check": [{"context": "unit"}, {"context": "e2e"}]}]}]},
			"after": {"rules": [{"required_status_checks": [{"required_check": [{"context": "unit"}]}]}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_ruleset.it", "rules[0].required_status_checks[0].required_check", "e2e", null]}
}

test_refuses_the_whole_rule_going_away if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {
			"actions": ["update"],
			"before": {"rules": [{"required_status_checks": [{"required_check": [{"context": "unit"}]}]}]},
			"after": {"rules": [{"required_status_checks": []}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_ruleset.it", "rules[0].required_status_checks[0].required_check", "unit", null]}
}

test_allows_one_more if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {
			"actions": ["update"],
			"before": {"rules": [{"required_status_checks": [{"required_check": [{"context": "unit"}]}]}]},
			"after": {"rules": [{"required_status_checks": [{"required_check": [{"context": "unit"}, {"context": "e2e"}]}]}]},
		},
	}]}
	count(findings) == 0
}
