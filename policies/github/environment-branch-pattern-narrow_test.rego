package gatehouse.github.environment_branch_pattern_narrow_test

import data.gatehouse.github.environment_branch_pattern_narrow as rule

test_refuses_every_branch if {
	findings := rule.deny with input as {"resource": {"github_repository_environment_deployment_policy": {"p": {"branch_pattern": "*"}}}}
	{[f.address, f.path] | some f in findings} == {["github_repository_environment_deployment_policy.p", "branch_pattern"]}
}

test_allows_main if {
	findings := rule.deny with input as {"resource": {"github_repository_environment_deployment_policy": {"p": {"branch_pattern": "main"}}}}
	count(findings) == 0
}
