package gatehouse.helm.failed_release_goes_back_test

import data.gatehouse.helm.failed_release_goes_back as rule

test_refuses_one_that_waits_for_nothing if {
	findings := rule.deny with input as {"resource": {"helm_release": {"release": {"chart": "shop", "atomic": true, "cleanup_on_fail": true, "wait": false, "wait_for_jobs": true}}}}
	{[f.address, f.path] | some f in findings} == {["helm_release.release", "wait"]}
}

test_allows_one_that_waits_and_goes_back if {
	findings := rule.deny with input as {"resource": {"helm_release": {"release": {"chart": "shop", "atomic": true, "cleanup_on_fail": true, "wait": true, "wait_for_jobs": true}}}}
	count(findings) == 0
}
