package gatehouse.helm.own_chart_linted_test

import data.gatehouse.helm.own_chart_linted as rule

test_refuses_a_chart_of_ours_without if {
	findings := rule.deny with input as {"resource": {"helm_release": {"release": {"chart": "../chart", "lint": false}}}}
	{[f.address, f.path] | some f in findings} == {["helm_release.release", "lint"]}
}

test_allows_one_that_is_linted_and_one_from_elsewhere if {
	findings := rule.deny with input as {"resource": {"helm_release": {
		"ours": {"chart": "../chart", "lint": true},
		"theirs": {"chart": "argo-rollouts", "repository": "https://example.com"},
	}}}
	count(findings) == 0
}
