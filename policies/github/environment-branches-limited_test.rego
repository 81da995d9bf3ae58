package gatehouse.github.environment_branches_limited_test

import data.gatehouse.github.environment_branches_limited as rule

test_refuses_an_environment_without_a_policy if {
	findings := rule.deny with input as {"resource": {"github_repository_environment": {"environment-production": {"environment": "production"}}}}
	{[f.address, f.path] | some f in findings} == {["github_repository_environment.environment-production", "deployment_branch_policy"]}
}

test_allows_an_environment_with_patterns if {
	findings := rule.deny with input as {"resource": {"github_repository_environment": {"environment-production": {
		"environment": "production",
		"deployment_branch_policy": {"custom_branch_policies": true, "protected_branches": false},
	}}}}
	count(findings) == 0
}
