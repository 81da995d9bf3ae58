package gatehouse.kubernetes.no_way_past_the_entrance_test

import data.gatehouse.kubernetes.no_way_past_the_entrance as rule

test_refuses_a_port_of_every_node if {
	findings := rule.deny with input as {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "shop"}, "spec": {"type": "NodePort"}}
	{[f.address, f.path] | some f in findings} == {["Service/shop", "spec.type"]}
}

test_refuses_an_address_of_its_own if {
	findings := rule.deny with input as {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "shop"},
		"spec": {"type": "ClusterIP", "externalIPs": ["192.0.2.1"]},
	}
	{[f.address, f.path] | some f in findings} == {["Service/shop", "spec.externalIPs"]}
}

test_allows_one_inside_the_cluster if {
	findings := rule.deny with input as {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "shop"}, "spec": {"type": "ClusterIP"}}
	count(findings) == 0
}
