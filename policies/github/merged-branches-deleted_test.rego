package gatehouse.github.merged_branches_deleted_test

import data.gatehouse.github.merged_branches_deleted as rule

test_refuses_a_repository_that_keeps_them if {
	findings := rule.deny with input as {"resource": {"github_repository": {"repository": {"name": "shop"}}}}
	{[f.address, f.path] | some f in findings} == {["github_repository.repository", "delete_branch_on_merge"]}
}

test_allows_a_repository_that_deletes_them if {
	findings := rule.deny with input as {"resource": {"github_repository": {"repository": {"name": "shop", "delete_branch_on_merge": true}}}}
	count(findings) == 0
}
