package gatehouse.github.ruleset_enforced_test

import data.gatehouse.github.ruleset_enforced as rule

test_refuses_one_that_is_only_tried if {
	findings := rule.deny with input as {"resource": {
		"github_repository": {"repository": {"name": "shop"}},
		"github_repository_ruleset": {"protected-main": {
			"repository": "${github_repository.repository.name}",
			"target": "branch",
			"enforcement": "evaluate",
			"conditions": {"ref_name": {"include": ["refs/heads/main"], "exclude": []}},
			"rules": {"deletion": true},
		}},
	}}
	{[f.address, f.path] | some f in findings} == {["github_repository_ruleset.protected-main", "enforcement"]}
}

test_refuses_one_of_the_organization_that_is_off if {
	findings := rule.deny with input as {"resource": {"github_organization_ruleset": {"all": {"enforcement": "disabled"}}}}
	{[f.address, f.path] | some f in findings} == {["github_organization_ruleset.all", "enforcement"]}
}

test_allows_one_in_force if {
	findings := rule.deny with input as {"resource": {
		"github_repository": {"repository": {"name": "shop"}},
		"github_repository_ruleset": {"protected-main": {
			"repository": "${github_repository.repository.name}",
			"target": "branch",
			"enforcement": "active",
			"conditions": {"ref_name": {"include": ["refs/heads/main"], "exclude": []}},
			"rules": {"deletion": true},
		}},
	}}
	count(findings) == 0
}
