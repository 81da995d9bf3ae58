package gatehouse.kubernetes.no_host_namespaces_test

import data.gatehouse.kubernetes.no_host_namespaces as rule

test_refuses_a_pod_in_its_nodes_network if {
	findings := rule.deny with input as {"apiVersion": "apps/v1", "kind": "Pod", "metadata": {"name": "shop"}, "spec": {"hostNetwork": true}}
	{[f.address, f.path] | some f in findings} == {["Pod/shop", "spec.hostNetwork"]}
}

test_allows_a_pod_of_its_own if {
	findings := rule.deny with input as {"apiVersion": "apps/v1", "kind": "Pod", "metadata": {"name": "shop"}, "spec": {"hostNetwork": false}}
	count(findings) == 0
}
