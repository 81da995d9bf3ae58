package gatehouse.github.main_conversations_resolved_test

import data.gatehouse.github.main_conversations_resolved as rule

test_refuses_a_ruleset_without_it if {
	findings := rule.deny with input as {"resource": {
		"github_repository": {"repository": {"name": "shop"}},
		"github_repository_ruleset": {"protected-main": {
			"repository": "${github_repository.repository.name}",
			"target": "branch",
			"enforcement": "active",
			"conditions": {"ref_name": {"include": ["refs/heads/main"], "exclude": []}},
			"rules": {"pull_request": {"required_review_thread_resolution": false}},
		}},
	}}
	{[f.address, f.path] | some f in findings} == {["github_repository_ruleset.protected-main", "rules.pull_request.required_review_thread_resolution"]}
}

test_refuses_a_repository_without_rulesets if {
	findings := rule.deny with input as {"resource": {"github_repository": {"repository": {"name": "shop"}}}}
	{[f.address, f.path] | some f in findings} == {["github_repository.repository", "rules.pull_request.required_review_thread_resolution"]}
}

test_refuses_a_ruleset_that_is_only_tried if {
	findings := rule.deny with input as {"resource": {
		"github_repository": {"repository": {"name": "shop"}},
		"github_repository_ruleset": {"protected-main": {
			"repository": "${github_repository.repository.name}",
			"target": "branch",
			"enforcement": "evaluate",
			"conditions": {"ref_name": {"include": ["refs/heads/main"], "exclude": []}},
			"rules": {"pull_request": {"required_review_thread_resolution": true}},
		}},
	}}
	{[f.address, f.path] | some f in findings} == {["github_repository.repository", "rules.pull_request.required_review_thread_resolution"]}
}

test_allows_a_ruleset_with_it if {
	findings := rule.deny with input as {"resource": {
		"github_repository": {"repository": {"name": "shop"}},
		"github_repository_ruleset": {"protected-main": {
			"repository": "${github_repository.repository.name}",
			"target": "branch",
			"enforcement": "active",
			"conditions": {"ref_name": {"include": ["refs/heads/main"], "exclude": []}},
			"rules": {"pull_request": {"required_review_thread_resolution": true}},
		}},
	}}
	count(findings) == 0
}

test_allows_a_ruleset_of_the_default_branch_and_the_repository_by_its_name if {
	findings := rule.deny with input as {"resource": {
		"github_repository": {"repository": {"name": "shop"}},
		"github_repository_ruleset": {"protected-main": {
			"repository": "shop",
			"target": "branch",
			"enforcement": "active",
			"conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
			"rules": {"pull_request": {"required_review_thread_resolution": true}},
		}},
	}}
	count(findings) == 0
}
