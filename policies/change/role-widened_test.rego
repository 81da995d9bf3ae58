package gatehouse.change.role_widened_test

import data.gatehouse.change.role_widened as rule

test_refuses_one_more_verb if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "kubernetes_role_v1.it",
		"type": "kubernetes_role_v1",
		"change": {
			"actions": ["update"],
			"before": {"rule": [{"api_groups": ["apps"], "resources": ["deployments"], "verbs": ["get"]}]},
			"after": {"rule": [{"api_groups": ["apps"], "resources": ["deployments"], "verbs": ["get", "delete"]}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["kubernetes_role_v1.it", "rule", null, {"group": "apps", "resource": "deployments", "verb": "delete"}]}
}

test_allows_one_verb_fewer if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "kubernetes_role_v1.it",
		"type": "kubernetes_role_v1",
		"change": {
			"actions": ["update"],
			"before": {"rule": [{"api_groups": ["apps"], "resources": ["deployments"], "verbs": ["get", "delete"]}]},
			"after": {"rule": [{"api_groups": ["apps"], "resources": ["deployments"], "verbs": ["get"]}]},
		},
	}]}
	count(findings) == 0
}
