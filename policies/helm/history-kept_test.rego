package gatehouse.helm.history_kept_test

import data.gatehouse.helm.history_kept as rule

test_refuses_one_that_keeps_only_itself if {
	findings := rule.deny with input as {"resource": {"helm_release": {"release": {"chart": "shop", "max_history": 1}}}}
	{[f.address, f.path] | some f in findings} == {["helm_release.release", "max_history"]}
}

test_allows_one_that_keeps_ten if {
	findings := rule.deny with input as {"resource": {"helm_release": {"release": {"chart": "shop", "max_history": 10}}}}
	count(findings) == 0
}

test_allows_one_that_keeps_all if {
	findings := rule.deny with input as {"resource": {"helm_release": {"release": {"chart": "shop"}}}}
	count(findings) == 0
}
