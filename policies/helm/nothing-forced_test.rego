package gatehouse.helm.nothing_forced_test

import data.gatehouse.helm.nothing_forced as rule

test_refuses_one_that_replaces_what_it_cannot_change if {
	findings := rule.deny with input as {"resource": {"helm_release": {"release": {"chart": "shop", "force_update": true}}}}
	{[f.address, f.path] | some f in findings} == {["helm_release.release", "force_update"]}
}

test_refuses_one_that_skips_admission if {
	findings := rule.deny with input as {"resource": {"helm_release": {"release": {"chart": "shop", "disable_webhooks": true}}}}
	{[f.address, f.path] | some f in findings} == {["helm_release.release", "disable_webhooks"]}
}

test_allows_one_that_stops if {
	findings := rule.deny with input as {"resource": {"helm_release": {"release": {"chart": "shop", "force_update": false}}}}
	count(findings) == 0
}
