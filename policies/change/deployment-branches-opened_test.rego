package gatehouse.change.deployment_branches_opened_test

import data.gatehouse.change.deployment_branches_opened as rule

test_refuses_one_more_branch if {
	findings := rule.deny with input as {"resource_changes": [
		{
			"address": "github_repository_environment.it",
			"type": "github_repository_environment",
			"change": {
				"actions": ["no-op"],
				"before": {"environment": "production", "repository": "shop"},
				"after": {"environment": "production", "repository": "shop"},
			},
		},
		{
			"address": "github_repository_environment_deployment_policy.it",
			"type": "github_repository_environment_deployment_policy",
			"change": {
				"actions": ["create"],
				"before": null,
				"after": {"environment": "production", "repository": "shop", "branch_pattern": "dev"},
			},
		},
	]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_environment_deployment_policy.it", "branch_pattern", null, "dev"]}
}

test_refuses_another_pattern if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_environment_deployment_policy.it",
		"type": "github_repository_environment_deployment_policy",
		"change": {"actions": ["update"], "before": {"branch_pattern": "main"}, "after": {"branch_pattern": "*"}},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_environment_deployment_policy.it", "branch_pattern", "main", "*"]}
}

test_allows_the_branch_of_a_new_environment if {
	findings := rule.deny with input as {"resource_changes": [
		{
			"address": "github_repository_environment.it",
			"type": "github_repository_environment",
			"change": {
				"actions": ["create"],
				"before": null,
				"after": {"environment": "production", "repository": "shop"},
			},
		},
		{
			"address": "github_repository_environment_deployment_policy.it",
			"type": "github_repository_environment_deployment_policy",
			"change": {
				"actions": ["create"],
				"before": null,
				"after": {"environment": "production", "repository": "shop", "branch_pattern": "main"},
			},
		},
	]}
	count(findings) == 0
}
