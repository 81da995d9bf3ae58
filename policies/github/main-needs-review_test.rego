package gatehouse.github.main_needs_review_test

import data.gatehouse.github.main_needs_review as rule

stack(change) := {"resource": {
	"github_repository": {"repository": {"name": "shop"}},
	"github_repository_ruleset": {"protected-main": object.union(
		{
			"repository": "${github_repository.repository.name}",
			"target": "branch",
			"enforcement": "active",
			"conditions": {"ref_name": {"include": ["refs/heads/main"], "exclude": []}},
			"rules": {"pull_request": {"required_approving_review_count": 1}},
		},
		change,
	)},
}}

places(findings) := {[f.address, f.path] | some f in findings}

path := "rules.pull_request.required_approving_review_count"

test_refuses_no_approval if {
	findings := rule.deny with input as stack({"rules": {"pull_request": {"required_approving_review_count": 0}}})
	places(findings) == {["github_repository_ruleset.protected-main", path]}
}

test_refuses_changes_without_pull_requests if {
	findings := rule.deny with input as stack({"rules": {"pull_request": null}})
	places(findings) == {["github_repository_ruleset.protected-main", path]}
}

test_refuses_a_ruleset_that_is_only_evaluated if {
	findings := rule.deny with input as stack({"enforcement": "evaluate"})
	places(findings) == {["github_repository.repository", path]}
}

test_refuses_a_ruleset_that_leaves_main_out if {
	findings := rule.deny with input as stack({"conditions": {"ref_name": {"include": ["~ALL"], "exclude": ["refs/heads/main"]}}})
	places(findings) == {["github_repository.repository", path]}
}

test_refuses_a_ruleset_of_tags if {
	findings := rule.deny with input as stack({"target": "tag"})
	places(findings) == {["github_repository.repository", path]}
}

test_refuses_a_repository_without_rulesets if {
	findings := rule.deny with input as {"resource": {"github_repository": {"repository": {"name": "shop"}}}}
	places(findings) == {["github_repository.repository", path]}
}

test_allows_one_approval if {
	findings := rule.deny with input as stack({})
	count(findings) == 0
}

test_allows_the_default_branch_by_its_alias if {
	findings := rule.deny with input as stack({"conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}}})
	count(findings) == 0
}
