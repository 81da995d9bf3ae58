package gatehouse.helm.version_exact_test

import data.gatehouse.helm.version_exact as rule

test_refuses_none if {
	findings := rule.deny with input as {"resource": {"helm_release": {"release": {"chart": "shop"}}}}
	{[f.address, f.path] | some f in findings} == {["helm_release.release", "version"]}
}

test_refuses_a_range if {
	findings := rule.deny with input as {"resource": {"helm_release": {"release": {"chart": "shop", "version": "^2.1.0"}}}}
	{[f.address, f.path] | some f in findings} == {["helm_release.release", "version"]}
}

test_allows_one if {
	findings := rule.deny with input as {"resource": {"helm_release": {"release": {"chart": "shop", "version": "2.41.0"}}}}
	count(findings) == 0
}
