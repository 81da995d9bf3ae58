package gatehouse.kubernetes.network_peers_named_test

import data.gatehouse.kubernetes.network_peers_named as rule

test_refuses_an_open_rule if {
	findings := rule.deny with input as {"resource": {"kubernetes_network_policy_v1": {"it": {"spec": {"ingress": [{}], "egress": [{"to": []}]}}}}}
	{[f.address, f.path] | some f in findings} == {
		["kubernetes_network_policy_v1.it", "spec.ingress[0].from"],
		["kubernetes_network_policy_v1.it", "spec.egress[0].to"],
	}
}

test_refuses_one_in_a_manifest if {
	findings := rule.deny with input as {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "shop"}, "spec": {"ingress": [{"ports": [{"port": 80}]}]}}
	{[f.address, f.path] | some f in findings} == {["NetworkPolicy/shop", "spec.ingress[0].from"]}
}

test_allows_named_peers_and_none_at_all if {
	findings := rule.deny with input as {"resource": {"kubernetes_network_policy_v1": {
		"deny": {"spec": {"policy_types": ["Ingress", "Egress"], "pod_selector": {}}},
		"dns": {"spec": {"egress": [{"to": [{"ip_block": {"cidr": "10.0.0.0/8"}}]}]}},
	}}}
	count(findings) == 0
}
