package gatehouse.change.namespace_security_lowered_test

import data.gatehouse.change.namespace_security_lowered as rule

test_refuses_a_namespace_that_becomes_privileged if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "kubernetes_namespace_v1.it",
		"type": "kubernetes_namespace_v1",
		"change": {
			"actions": ["update"],
			"before": {"metadata": [{"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "restricted"}}]},
			"after": {"metadata": [{"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "privileged"}}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["kubernetes_namespace_v1.it", "metadata[0].labels[\"pod-security.kubernetes.io/enforce\"]", "restricted", "privileged"]}
}

test_refuses_a_label_that_goes if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "kubernetes_namespace_v1.it",
		"type": "kubernetes_namespace_v1",
		"change": {
			"actions": ["update"],
			"before": {"metadata": [{"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "baseline"}}]},
			"after": {"metadata": [{"name": "shop", "labels": {}}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["kubernetes_namespace_v1.it", "metadata[0].labels[\"pod-security.kubernetes.io/enforce\"]", "baseline", "privileged"]}
}

test_allows_a_namespace_that_becomes_restricted if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "kubernetes_namespace_v1.it",
		"type": "kubernetes_namespace_v1",
		"change": {
			"actions": ["update"],
			"before": {"metadata": [{"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "baseline"}}]},
			"after": {"metadata": [{"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "restricted"}}]},
		},
	}]}
	count(findings) == 0
}
