package gatehouse.github.main_is_default_test

import data.gatehouse.github.main_is_default as rule

test_refuses_another if {
	findings := rule.deny with input as {"resource": {"github_branch_default": {"it": {"branch": "develop"}}}}
	{[f.address, f.path] | some f in findings} == {["github_branch_default.it", "branch"]}
}

test_allows_main if {
	findings := rule.deny with input as {"resource": {"github_branch_default": {"it": {"branch": "main"}}}}
	count(findings) == 0
}
