package gatehouse.kubernetes.namespace_warns_test

import data.gatehouse.kubernetes.namespace_warns as rule

test_refuses_one_that_is_silent if {
	labels := {"pod-security.kubernetes.io/warn": "restricted"}
	findings := rule.deny with input as {"resource": {"kubernetes_namespace_v1": {"it": {"metadata": {"labels": labels}}}}}
	{[f.address, f.path] | some f in findings} == {["kubernetes_namespace_v1.it", "metadata.labels[\"pod-security.kubernetes.io/audit\"]"]}
}

test_allows_one_that_says_both if {
	labels := {"pod-security.kubernetes.io/warn": "restricted", "pod-security.kubernetes.io/audit": "restricted"}
	findings := rule.deny with input as {"resource": {"kubernetes_namespace_v1": {"it": {"metadata": {"labels": labels}}}}}
	count(findings) == 0
}
