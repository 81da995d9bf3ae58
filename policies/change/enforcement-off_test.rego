package gatehouse.change.enforcement_off_test

import data.gatehouse.change.enforcement_off as rule

test_refuses_a_ruleset_that_is_disabled if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {"actions": ["update"], "before": {"enforcement": "active"}, "after": {"enforcement": "disabled"}},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_ruleset.it", "enforcement", "active", "disabled"]}
}

test_allows_one_that_comes_into_force if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {"actions": ["update"], "before": {"enforcement": "evaluate"}, "after": {"enforcement": "active"}},
	}]}
	count(findings) == 0
}
