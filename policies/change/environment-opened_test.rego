package gatehouse.change.environment_opened_test

import data.gatehouse.change.environment_opened as rule

test_refuses_administrators_let_past if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_environment.it",
		"type": "github_repository_environment",
		"change": {
			"actions": ["update"],
			"before": {"environment": "production", "can_admins_bypass": false},
			"after": {"environment": "production", "can_admins_bypass": true},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_environment.it", "can_admins_bypass", false, true]}
}

test_refuses_every_branch_let_in if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_environment.it",
		"type": "github_repository_environment",
		"change": {
			"actions": ["update"],
			"before": {"deployment_branch_policy": [{"custom_branch_policies": true}]},
			"after": {"deployment_branch_policy": []},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_environment.it", "deployment_branch_policy", [{"custom_branch_policies": true}], []]}
}

test_refuses_an_environment_that_goes if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_environment.it",
		"type": "github_repository_environment",
		"change": {"actions": ["delete"], "before": {"environment": "production"}, "after": null},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_environment.it", "", "production", null]}
}

test_allows_an_environment_that_is_shut if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_environment.it",
		"type": "github_repository_environment",
		"change": {
			"actions": ["update"],
			"before": {"can_admins_bypass": true, "prevent_self_review": false},
			"after": {"can_admins_bypass": false, "prevent_self_review": true},
		},
	}]}
	count(findings) == 0
}
