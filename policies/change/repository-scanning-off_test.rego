package gatehouse.change.repository_scanning_off_test

import data.gatehouse.change.repository_scanning_off as rule

test_refuses_push_protection_turned_off if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository.it",
		"type": "github_repository",
		"change": {
			"actions": ["update"],
			"before": {"security_and_analysis": [{"secret_scanning_push_protection": [{"status": "enabled"}]}]},
			"after": {"security_and_analysis": [{"secret_scanning_push_protection": [{"status": "disabled"}]}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository.it", "security_and_analysis[0].secret_scanning_push_protection[0].status", true, false]}
}

test_refuses_alerts_turned_off if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository.it",
		"type": "github_repository",
		"change": {
			"actions": ["update"],
			"before": {"vulnerability_alerts": true},
			"after": {"vulnerability_alerts": false},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository.it", "vulnerability_alerts", true, false]}
}

test_allows_secret_scanning_turned_on if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository.it",
		"type": "github_repository",
		"change": {
			"actions": ["update"],
			"before": {"security_and_analysis": [{"secret_scanning": [{"status": "disabled"}]}]},
			"after": {"security_and_analysis": [{"secret_scanning": [{"status": "enabled"}]}]},
		},
	}]}
	count(findings) == 0
}
