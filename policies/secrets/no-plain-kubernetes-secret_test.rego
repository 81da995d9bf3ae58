package gatehouse.secrets.no_plain_kubernetes_secret_test

import data.gatehouse.secrets.no_plain_kubernetes_secret as rule

test_refuses_one_with_values if {
	findings := rule.deny with input as {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "shop"}, "stringData": {"A": "b"}}
	{[f.address, f.path] | some f in findings} == {["Secret/shop", "stringData"]}
}

test_refuses_one_of_a_stack if {
	findings := rule.deny with input as {"resource": {"kubernetes_secret_v1": {"shop": {"data": {"A": "b"}}}}}
	{[f.address, f.path] | some f in findings} == {["kubernetes_secret_v1.shop", "data"]}
}

test_allows_a_sealed_one if {
	findings := rule.deny with input as {
		"apiVersion": "bitnami.com/v1alpha1",
		"kind": "SealedSecret",
		"metadata": {"name": "shop"},
		"spec": {"encryptedData": {"A": "c2VhbGVk"}},
	}
	count(findings) == 0
}

test_allows_one_whose_values_another_makes if {
	findings := rule.deny with input as {
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "token"},
		"type": "kubernetes.io/service-account-token",
	}
	count(findings) == 0
}
