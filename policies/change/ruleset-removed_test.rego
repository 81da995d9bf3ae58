package gatehouse.change.ruleset_removed_test

import data.gatehouse.change.ruleset_removed as rule

test_refuses_a_ruleset_that_goes if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {"actions": ["delete"], "before": {"name": "main"}, "after": null},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_ruleset.it", "", "main", null]}
}

test_refuses_a_ruleset_that_is_made_anew if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {"actions": ["delete", "create"], "before": {"name": "main"}, "after": {"name": "main"}},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_ruleset.it", "", "main", null]}
}

test_allows_a_ruleset_that_stays if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {"actions": ["no-op"], "before": {"name": "main"}, "after": {"name": "main"}},
	}]}
	count(findings) == 0
}
