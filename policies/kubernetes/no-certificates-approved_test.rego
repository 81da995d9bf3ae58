package gatehouse.kubernetes.no_certificates_approved_test

import data.gatehouse.kubernetes.no_certificates_approved as rule

role(resources, verbs) := {"resource": {"kubernetes_cluster_role_v1": {"operator": {"rule": [{"api_groups": ["certificates.k8s.io"], "resources": resources, "verbs": verbs}]}}}}

test_refuses_a_role_of_a_manifest if {
	findings := rule.deny with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "operator"},
		"rules": [
			{"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get", "patch"]},
			{"apiGroups": ["certificates.k8s.io"], "resources": ["signers"], "verbs": ["approve"]},
		],
	}
	{[f.address, f.path] | some f in findings} == {["ClusterRole/operator", "rules[1]"]}
}

test_refuses_a_role_of_a_stack if {
	findings := rule.deny with input as role(["certificatesigningrequests/approval"], ["get", "update"])
	{[f.address, f.path] | some f in findings} == {["kubernetes_cluster_role_v1.operator", "rule[0]"]}
}

test_refuses_this_part_of_every_resource if {
	findings := rule.deny with input as role(["*/approval"], ["update"])
	{[f.address, f.path] | some f in findings} == {["kubernetes_cluster_role_v1.operator", "rule[0]"]}
}

test_allows_the_rest if {
	findings := rule.deny with input as role(["certificatesigningrequests"], ["create", "get"])
	count(findings) == 0
}
