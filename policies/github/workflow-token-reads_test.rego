package gatehouse.github.workflow_token_reads_test

import data.gatehouse.github.workflow_token_reads as rule

test_refuses_a_token_that_writes_and_approves if {
	findings := rule.deny with input as {"resource": {"github_workflow_repository_permissions": {"p": {"default_workflow_permissions": "write", "can_approve_pull_request_reviews": true}}}}
	{[f.address, f.path] | some f in findings} == {["github_workflow_repository_permissions.p", "default_workflow_permissions"], ["github_workflow_repository_permissions.p", "can_approve_pull_request_reviews"]}
}

test_allows_a_token_that_reads if {
	findings := rule.deny with input as {"resource": {"github_workflow_repository_permissions": {"p": {"default_workflow_permissions": "read", "can_approve_pull_request_reviews": false}}}}
	count(findings) == 0
}
