package gatehouse.change.network_policy_removed_test

import data.gatehouse.change.network_policy_removed as rule

test_refuses_the_default_deny_going if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "kubernetes_network_policy_v1.it",
		"type": "kubernetes_network_policy_v1",
		"change": {
			"actions": ["delete"],
			"before": {
				"metadata": [{"name": "default-deny"}],
				"spec": [{"pod_selector": [{}], "policy_types": ["Ingress", "Egress"], "ingress": [], "egress": []}],
			},
			"after": null,
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["kubernetes_network_policy_v1.it", "spec", "default-deny", null]}
}

test_refuses_one_of_which_nothing_is_known if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "kubernetes_network_policy_v1.it",
		"type": "kubernetes_network_policy_v1",
		"change": {"actions": ["delete"], "before": {}, "after": null},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["kubernetes_network_policy_v1.it", "spec", null, null]}
}

test_allows_one_way_in_fewer if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "kubernetes_network_policy_v1.it",
		"type": "kubernetes_network_policy_v1",
		"change": {
			"actions": ["delete"],
			"before": {"metadata": [{"name": "allow"}], "spec": [{"ingress": [{"from": []}], "egress": []}]},
			"after": null,
		},
	}]}
	count(findings) == 0
}
