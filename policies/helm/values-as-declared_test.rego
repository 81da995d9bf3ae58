package gatehouse.helm.values_as_declared_test

import data.gatehouse.helm.values_as_declared as rule

test_refuses_one_that_keeps_old_values if {
	findings := rule.deny with input as {"resource": {"helm_release": {"release": {"reuse_values": true}}}}
	{[f.address, f.path] | some f in findings} == {["helm_release.release", "reset_values"], ["helm_release.release", "reuse_values"]}
}

test_allows_one_that_resets_them if {
	findings := rule.deny with input as {"resource": {"helm_release": {"release": {"reset_values": true, "reuse_values": false}}}}
	count(findings) == 0
}
