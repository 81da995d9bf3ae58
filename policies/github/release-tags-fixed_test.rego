package gatehouse.github.release_tags_fixed_test

import data.gatehouse.github.release_tags_fixed as rule

test_refuses_tags_that_can_be_moved if {
	findings := rule.deny with input as {"resource": {"github_repository_ruleset": {"release-tags": {"target": "tag", "rules": {"deletion": true, "non_fast_forward": true}}}}}
	{[f.address, f.path] | some f in findings} == {["github_repository_ruleset.release-tags", "rules.update"]}
}

test_refuses_a_ruleset_of_tags_without_rules if {
	findings := rule.deny with input as {"resource": {"github_repository_ruleset": {"t": {"target": "tag"}}}}
	{[f.address, f.path] | some f in findings} == {["github_repository_ruleset.t", "rules.deletion"], ["github_repository_ruleset.t", "rules.non_fast_forward"], ["github_repository_ruleset.t", "rules.update"]}
}

test_allows_tags_that_stay if {
	findings := rule.deny with input as {"resource": {"github_repository_ruleset": {"release-tags": {"target": "tag", "rules": {"deletion": true, "non_fast_forward": true, "update": true}}}}}
	count(findings) == 0
}

test_allows_a_ruleset_of_branches if {
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
