package gatehouse.github.environment_admins_wait_test

import data.gatehouse.github.environment_admins_wait as rule

test_refuses_an_environment_that_says_nothing if {
	findings := rule.deny with input as {"resource": {"github_repository_environment": {"environment-production": {"environment": "production"}}}}
	{[f.address, f.path] | some f in findings} == {["github_repository_environment.environment-production", "can_admins_bypass"]}
}

test_refuses_an_environment_that_lets_them if {
	findings := rule.deny with input as {"resource": {"github_repository_environment": {"environment-production": {"environment": "production", "can_admins_bypass": true}}}}
	{[f.address, f.path] | some f in findings} == {["github_repository_environment.environment-production", "can_admins_bypass"]}
}

test_allows_an_environment_that_holds_them if {
	findings := rule.deny with input as {"resource": {"github_repository_environment": {"environment-production": {"environment": "production", "can_admins_bypass": false}}}}
	count(findings) == 0
}
