package gatehouse.github.environment_no_self_review_test

import data.gatehouse.github.environment_no_self_review as rule

test_refuses_an_environment_whose_reviewers_may_approve_their_own if {
	findings := rule.deny with input as {"resource": {"github_repository_environment": {"environment-production": {"environment": "production", "reviewers": [{"teams": ["7"]}], "prevent_self_review": false}}}}
	{[f.address, f.path] | some f in findings} == {["github_repository_environment.environment-production", "prevent_self_review"]}
}

test_allows_an_environment_where_another_approves if {
	findings := rule.deny with input as {"resource": {"github_repository_environment": {"environment-production": {"environment": "production", "reviewers": [{"teams": ["7"]}], "prevent_self_review": true}}}}
	count(findings) == 0
}

test_allows_an_environment_without_reviewers if {
	findings := rule.deny with input as {"resource": {"github_repository_environment": {"environment-production": {"environment": "production", "reviewers": [{"teams": []}], "prevent_self_review": false}}}}
	count(findings) == 0
}
