package gatehouse.github.repository_outlives_terraform_test

import data.gatehouse.github.repository_outlives_terraform as rule

test_refuses_one_that_can_be_destroyed if {
	findings := rule.deny with input as {"resource": {"github_repository": {"repository": {"name": "shop", "archive_on_destroy": false}}}}
	{[f.address, f.path] | some f in findings} == {["github_repository.repository", "lifecycle.prevent_destroy"]}
}

test_allows_one_that_is_archived_instead if {
	findings := rule.deny with input as {"resource": {"github_repository": {"repository": {"name": "shop", "archive_on_destroy": true}}}}
	count(findings) == 0
}

test_allows_one_whose_destruction_is_refused if {
	findings := rule.deny with input as {"resource": {"github_repository": {"repository": {"name": "shop", "lifecycle": {"prevent_destroy": true}}}}}
	count(findings) == 0
}
