package gatehouse.github.secret_scanning_on_test

import data.gatehouse.github.secret_scanning_on as rule

test_refuses_a_repository_where_it_is_disabled if {
	findings := rule.deny with input as {"resource": {"github_repository": {"repository": {"name": "shop", "security_and_analysis": {"secret_scanning": {"status": "disabled"}}}}}}
	{[f.address, f.path] | some f in findings} == {["github_repository.repository", "security_and_analysis.secret_scanning.status"]}
}

test_refuses_a_repository_that_says_nothing if {
	findings := rule.deny with input as {"resource": {"github_repository": {"repository": {"name": "shop"}}}}
	{[f.address, f.path] | some f in findings} == {["github_repository.repository", "security_and_analysis.secret_scanning.status"]}
}

test_allows_a_repository_where_it_is_enabled if {
	findings := rule.deny with input as {"resource": {"github_repository": {"repository": {"name": "shop", "security_and_analysis": {"secret_scanning": {"status": "enabled"}}}}}}
	count(findings) == 0
}
