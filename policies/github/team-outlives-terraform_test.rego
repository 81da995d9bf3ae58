package gatehouse.github.team_outlives_terraform_test

import data.gatehouse.github.team_outlives_terraform as rule

test_refuses_one_that_can_be_destroyed if {
	findings := rule.deny with input as {"resource": {"github_team": {"it": {"name": "shop"}}}}
	{[f.address, f.path] | some f in findings} == {["github_team.it", "lifecycle.prevent_destroy"]}
}

test_allows_one_that_can_not if {
	findings := rule.deny with input as {"resource": {"github_team": {"it": {"name": "shop", "lifecycle": {"prevent_destroy": true}}}}}
	count(findings) == 0
}
