package gatehouse.kubernetes.namespace_denies_by_default_test

import data.gatehouse.kubernetes.namespace_denies_by_default as rule

test_refuses_one_without_policies if {
	findings := rule.deny with input as {"resource": {"kubernetes_namespace_v1": {"namespace": {"metadata": {"name": "shop", "labels": {"gatehouse.dev/service": "shop"}}}}}}
	{[f.address, f.path] | some f in findings} == {["kubernetes_namespace_v1.namespace", "metadata.name"]}
}

test_refuses_one_that_lets_everything_out if {
	findings := rule.deny with input as {"resource": {
		"kubernetes_namespace_v1": {"namespace": {"metadata": {"name": "shop", "labels": {"gatehouse.dev/service": "shop"}}}},
		"kubernetes_network_policy_v1": {"deny": {
			"metadata": {"namespace": "${kubernetes_namespace_v1.namespace.metadata[0].name}"},
			"spec": {"pod_selector": {}, "policy_types": ["Ingress"]},
		}},
	}}
	{[f.address, f.path] | some f in findings} == {["kubernetes_namespace_v1.namespace", "metadata.name"]}
}

test_refuses_one_whose_policy_lets_everything_in if {
	findings := rule.deny with input as {"resource": {
		"kubernetes_namespace_v1": {"namespace": {"metadata": {"name": "shop", "labels": {"gatehouse.dev/service": "shop"}}}},
		"kubernetes_network_policy_v1": {"deny": {
			"metadata": {"namespace": "${kubernetes_namespace_v1.namespace.metadata[0].name}"},
			"spec": {"pod_selector": {}, "policy_types": ["Ingress", "Egress"], "ingress": [{}]},
		}},
	}}
	{[f.address, f.path] | some f in findings} == {["kubernetes_namespace_v1.namespace", "metadata.name"]}
}

test_allows_one_that_denies_both_ways if {
	findings := rule.deny with input as {"resource": {
		"kubernetes_namespace_v1": {"namespace": {"metadata": {"name": "shop", "labels": {"gatehouse.dev/service": "shop"}}}},
		"kubernetes_network_policy_v1": {"deny": {
			"metadata": {"namespace": "${kubernetes_namespace_v1.namespace.metadata[0].name}"},
			"spec": {"pod_selector": {}, "policy_types": ["Ingress", "Egress"]},
		}},
	}}
	count(findings) == 0
}

test_allows_a_controllers if {
	findings := rule.deny with input as {"resource": {"kubernetes_namespace_v1": {"namespace": {"metadata": {"name": "shop", "labels": {"gatehouse.dev/kind": "controller"}}}}}}
	count(findings) == 0
}

test_refuses_one_whose_name_is_made_up_later if {
	labels := {"gatehouse.dev/service": "shop"}
	findings := rule.deny with input as {"resource": {"kubernetes_namespace_v1": {"namespace": {"metadata": {"generate_name": "shop-", "labels": labels}}}}}
	{[f.address, f.path] | some f in findings} == {["kubernetes_namespace_v1.namespace", "metadata.name"]}
}
