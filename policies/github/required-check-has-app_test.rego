package gatehouse.github.required_check_has_app_test

import data.gatehouse.github.required_check_has_app as rule

test_refuses_checks_of_any_app if {
	findings := rule.deny with input as {"resource": {
		"github_repository": {"repository": {"name": "shop"}},
		"github_repository_ruleset": {"protected-main": {
			"repository": "${github_repository.repository.name}",
			"target": "branch",
			"enforcement": "active",
			"conditions": {"ref_name": {"include": ["refs/heads/main"], "exclude": []}},
			"rules": {"required_status_checks": {"required_check": [
				{"context": "unit", "integration_id": 15368},
				{"context": "lint"},
				{"context": "e2e", "integration_id": 0},
			]}},
		}},
	}}
	{[f.address, f.path] | some f in findings} == {["github_repository_ruleset.protected-main", "rules.required_status_checks.required_check[1].integration_id"], ["github_repository_ruleset.protected-main", "rules.required_status_checks.required_check[2].integration_id"]}
}

test_refuses_a_single_check_of_any_app if {
	findings := rule.deny with input as {"resource": {
		"github_repository": {"repository": {"name": "shop"}},
		"github_repository_ruleset": {"protected-main": {
			"repository": "${github_repository.repository.name}",
			"target": "branch",
			"enforcement": "active",
			"conditions": {"ref_name": {"include": ["refs/heads/main"], "exclude": []}},
			"rules": {"required_status_checks": {"required_check": {"context": "unit"}}},
		}},
	}}
	{[f.address, f.path] | some f in findings} == {["github_repository_ruleset.protected-main", "rules.required_status_checks.required_check[0].integration_id"]}
}

test_allows_checks_of_github_actions if {
	findings := rule.deny with input as {"resource": {
		"github_repository": {"repository": {"name": "shop"}},
		"github_repository_ruleset": {"protected-main": {
			"repository": "${github_repository.repository.name}",
			"target": "branch",
			"enforcement": "active",
			"conditions": {"ref_name": {"include": ["refs/heads/main"], "exclude": []}},
			"rules": {"required_status_checks": {"required_check": [{"context": "unit", "integration_id": 15368}]}},
		}},
	}}
	count(findings) == 0
}
