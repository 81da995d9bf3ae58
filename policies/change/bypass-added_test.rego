package gatehouse.change.bypass_added_test

import data.gatehouse.change.bypass_added as rule

test_refuses_a_new_actor if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {
			"actions": ["update"],
			"before": {"bypass_actors": []},
			"after": {"bypass_actors": [{"actor_id": 5, "actor_type": "Team", "bypass_mode": "pull_request"}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_ruleset.it", "bypass_actors", null, {"type": "Team", "id": 5, "mode": "pull_request"}]}
}

test_refuses_an_actor_that_may_now_push_past_it if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {
			"actions": ["update"],
			"before": {"bypass_actors": [{"actor_id": 5, "actor_type": "Team", "bypass_mode": "pull_request"}]},
			"after": {"bypass_actors": [{"actor_id": 5, "actor_type": "Team", "bypass_mode": "always"}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_ruleset.it", "bypass_actors", null, {"type": "Team", "id": 5, "mode": "always"}]}
}

test_allows_one_actor_fewer if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {
			"actions": ["update"],
			"before": {"bypass_actors": [{"actor_id": 5, "actor_type": "Team", "bypass_mode": "always"}]},
			"after": {"bypass_actors": []},
		},
	}]}
	count(findings) == 0
}
