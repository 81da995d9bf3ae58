package gatehouse.github.organization_default_branches_kept_test

import data.gatehouse.github.organization_default_branches_kept as rule

test_refuses_one_that_lets_branches_be_deleted if {
	findings := rule.deny with input as {"resource": {"github_organization_ruleset": {"all": {"target": "branch", "rules": {"non_fast_forward": true}}}}}
	{[f.address, f.path] | some f in findings} == {["github_organization_ruleset.all", "rules.deletion"]}
}

test_allows_one_with_both if {
	findings := rule.deny with input as {"resource": {"github_organization_ruleset": {"all": {"target": "branch", "rules": {"non_fast_forward": true, "deletion": true}}}}}
	count(findings) == 0
}
