package gatehouse.github.team_visible_test

import data.gatehouse.github.team_visible as rule

test_refuses_a_secret_one if {
	findings := rule.deny with input as {"resource": {"github_team": {"it": {"name": "shop"}}}}
	{[f.address, f.path] | some f in findings} == {["github_team.it", "privacy"]}
}

test_allows_a_closed_one if {
	findings := rule.deny with input as {"resource": {"github_team": {"it": {"name": "shop", "privacy": "closed"}}}}
	count(findings) == 0
}
