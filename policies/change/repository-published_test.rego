package gatehouse.change.repository_published_test

import data.gatehouse.change.repository_published as rule

test_refuses_a_private_one_that_becomes_public if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository.it",
		"type": "github_repository",
		"change": {"actions": ["update"], "before": {"visibility": "private"}, "after": {"visibility": "public"}},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository.it", "visibility", "private", "public"]}
}

test_allows_a_public_one_that_becomes_private if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository.it",
		"type": "github_repository",
		"change": {"actions": ["update"], "before": {"visibility": "public"}, "after": {"visibility": "private"}},
	}]}
	count(findings) == 0
}
