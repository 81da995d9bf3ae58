package gatehouse.kubernetes.namespace_restricted_test

import data.gatehouse.kubernetes.namespace_restricted as rule

test_refuses_one_of_a_manifest_that_says_nothing if {
	findings := rule.deny with input as {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {}}}
	{[f.address, f.path] | some f in findings} == {["Namespace/shop", "metadata.labels[\"pod-security.kubernetes.io/enforce\"]"]}
}

test_refuses_a_baseline_one_of_a_stack if {
	findings := rule.deny with input as {"resource": {"kubernetes_namespace_v1": {"namespace": {"metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "baseline"}}}}}}
	{[f.address, f.path] | some f in findings} == {["kubernetes_namespace_v1.namespace", "metadata.labels[\"pod-security.kubernetes.io/enforce\"]"]}
}

test_allows_a_restricted_one if {
	findings := rule.deny with input as {"resource": {"kubernetes_namespace_v1": {"namespace": {"metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "restricted"}}}}}}
	count(findings) == 0
}
