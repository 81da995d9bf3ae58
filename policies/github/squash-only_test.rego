package gatehouse.github.squash_only_test

import data.gatehouse.github.squash_only as rule

test_refuses_a_repository_that_takes_merge_commits if {
	findings := rule.deny with input as {"resource": {"github_repository": {"repository": {"name": "shop", "allow_merge_commit": true, "allow_rebase_merge": false}}}}
	{[f.address, f.path] | some f in findings} == {["github_repository.repository", "allow_merge_commit"]}
}

test_refuses_a_repository_that_leaves_it_to_github if {
	findings := rule.deny with input as {"resource": {"github_repository": {"repository": {"name": "shop"}}}}
	{[f.address, f.path] | some f in findings} == {["github_repository.repository", "allow_merge_commit"], ["github_repository.repository", "allow_rebase_merge"]}
}

test_allows_a_repository_that_squashes if {
	findings := rule.deny with input as {"resource": {"github_repository": {"repository": {"name": "shop", "allow_merge_commit": false, "allow_rebase_merge": false}}}}
	count(findings) == 0
}
