package gatehouse.kubernetes.no_persistent_volumes_made_test

import data.gatehouse.kubernetes.no_persistent_volumes_made as rule

role(resources, verbs) := {"resource": {"kubernetes_cluster_role_v1": {"operator": {"rule": [{"api_groups": [""], "resources": resources, "verbs": verbs}]}}}}

test_refuses_a_role_of_a_manifest if {
	findings := rule.deny with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "operator"},
		"rules": [
			{"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get", "patch"]},
			{"apiGroups": [""], "resources": ["persistentvolumes"], "verbs": ["create"]},
		],
	}
	{[f.address, f.path] | some f in findings} == {["ClusterRole/operator", "rules[1]"]}
}

test_refuses_a_role_of_a_stack if {
	findings := rule.deny with input as role(["persistentvolumes"], ["get", "create"])
	{[f.address, f.path] | some f in findings} == {["kubernetes_cluster_role_v1.operator", "rule[0]"]}
}

test_allows_the_rest if {
	findings := rule.deny with input as role(["persistentvolumes"], ["get", "list"])
	count(findings) == 0
}
