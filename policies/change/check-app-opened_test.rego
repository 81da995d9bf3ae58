package gatehouse.change.check_app_opened_test

import data.gatehouse.change.check_app_opened as rule

test_refuses_any_app if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {
			"actions": ["update"],
			"before": {"rules": [{"required_status_checks": [{"required_check": [{"context": "unit", "integration_id": 15368}]}]}]},
			"after": {"rules": [{"required_status_checks": [{"required_check": [{"context": "unit", "integration_id": 0}]}]}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_ruleset.it", "rules[0].required_status_checks[0].required_check", 15368, 0]}
}

test_allows_the_same_app if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {
			"actions": ["update"],
			"before": {"rules": [{"required_status_checks": [{"required_check": [{"context": "unit", "integration_id": 15368}]}]}]},
			"after": {"rules": [{"required_status_checks": [{"required_check": [{"context": "unit", "integration_id": 15368}]}]}]},
		},
	}]}
	count(findings) == 0
}
