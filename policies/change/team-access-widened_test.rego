package gatehouse.change.team_access_widened_test

import data.gatehouse.change.team_access_widened as rule

test_refuses_a_team_that_becomes_administrator if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_team_repository.it",
		"type": "github_team_repository",
		"change": {"actions": ["update"], "before": {"permission": "push"}, "after": {"permission": "admin"}},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_team_repository.it", "permission", "push", "admin"]}
}

test_allows_a_team_that_may_do_less if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_team_repository.it",
		"type": "github_team_repository",
		"change": {"actions": ["update"], "before": {"permission": "admin"}, "after": {"permission": "push"}},
	}]}
	count(findings) == 0
}
