package gatehouse.change.ruleset_narrowed_test

import data.gatehouse.change.ruleset_narrowed as rule

test_refuses_main_taken_out if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {
			"actions": ["update"],
			"before": {"conditions": [{"ref_name": [{"include": ["refs/heads/main"], "exclude": []}]}]},
			"after": {"conditions": [{"ref_name": [{"include": ["refs/heads/other"], "exclude": []}]}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_ruleset.it", "conditions[0].ref_name[0].include", "refs/heads/main", null]}
}

test_refuses_main_as_an_exception if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {
			"actions": ["update"],
			"before": {"conditions": [{"ref_name": [{"include": ["~ALL"], "exclude": []}]}]},
			"after": {"conditions": [{"ref_name": [{"include": ["~ALL"], "exclude": ["refs/heads/main"]}]}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_ruleset.it", "conditions[0].ref_name[0].exclude", null, "refs/heads/main"]}
}

test_refuses_every_name_for_branches if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {
			"actions": ["update"],
			"before": {"conditions": [{"ref_name": [{"include": ["~ALL"], "exclude": []}]}], "rules": [{"creation": true}]},
			"after": {"conditions": [{"ref_name": [{"include": ["~ALL"], "exclude": ["~ALL"]}]}], "rules": [{"creation": true}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_repository_ruleset.it", "conditions[0].ref_name[0].exclude", null, "~ALL"]}
}

test_refuses_repositories_taken_out if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_organization_ruleset.it",
		"type": "github_organization_ruleset",
		"change": {
			"actions": ["update"],
			"before": {"conditions": [{"repository_name": [{"include": ["~ALL"]}]}]},
			"after": {"conditions": [{"repository_name": [{"include": ["shop"]}]}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["github_organization_ruleset.it", "conditions[0].repository_name[0].include", "~ALL", null]}
}

test_allows_one_more_name_for_branches if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_repository_ruleset.it",
		"type": "github_repository_ruleset",
		"change": {
			"actions": ["update"],
			"before": {
				"conditions": [{"ref_name": [{"include": ["~ALL"], "exclude": []}]}],
				"rules": [{"creation": true}],
			},
			"after": {
				"conditions": [{"ref_name": [{"include": ["~ALL"], "exclude": ["refs/heads/docs/*"]}]}],
				"rules": [{"creation": true}],
			},
		},
	}]}
	count(findings) == 0
}
