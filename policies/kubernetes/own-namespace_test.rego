package gatehouse.kubernetes.own_namespace_test

import data.gatehouse.kubernetes.own_namespace as rule

test_refuses_a_service_in_it if {
	findings := rule.deny with input as {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "shop", "namespace": "default"}}
	{[f.address, f.path] | some f in findings} == {["Service/shop", "metadata.namespace"]}
}

test_allows_one_in_its_own if {
	findings := rule.deny with input as {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "shop", "namespace": "shop"}}
	count(findings) == 0
}
