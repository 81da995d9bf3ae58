package gatehouse.github.repository_outlives_terraform_test

import data.gatehouse.github.repository_outlives_terraform as rule

test_refuses_one_that_can_be_destroyed if {
	findings := rule.deny with input as {"resource": {"github_repository": {"repository": {"name": "shop", "archive_on_destroy": false}}}}
	{[f.address, f.path] | some f in findings} == {
		["github_repository.repository", "archive_on_destroy"],
		["github_repository.repository", "lifecycle.prevent_destroy"],
	}
}

test_refuses_one_that_is_only_archived if {
	findings := rule.deny with input as {"resource": {"github_repository": {"repository": {"name": "shop", "archive_on_destroy": true}}}}
	{[f.address, f.path] | some f in findings} == {["github_repository.repository", "lifecycle.prevent_destroy"]}
}

test_allows_one_with_both if {
	findings := rule.deny with input as {"resource": {"github_repository": {"repository": {"archive_on_destroy": true, "lifecycle": {"prevent_destroy": true}}}}}
	count(findings) == 0
}
