package gatehouse.kubernetes.no_cluster_admin_test

import data.gatehouse.kubernetes.no_cluster_admin as rule

test_refuses_a_binding_of_a_manifest if {
	findings := rule.deny with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "b"},
		"roleRef": {"kind": "ClusterRole", "name": "cluster-admin"},
		"subjects": [{"kind": "Group", "name": "platform"}],
	}
	{[f.address, f.path] | some f in findings} == {["ClusterRoleBinding/b", "subjects[0]"]}
}

test_refuses_a_binding_of_a_stack if {
	findings := rule.deny with input as {"resource": {"kubernetes_cluster_role_binding_v1": {"b": {"role_ref": {"name": "cluster-admin"}, "subject": [{"name": "platform"}]}}}}
	{[f.address, f.path] | some f in findings} == {["kubernetes_cluster_role_binding_v1.b", "subject[0]"]}
}

test_allows_an_account_with_a_role_of_its_own if {
	findings := rule.deny with input as {"resource": {"kubernetes_cluster_role_binding_v1": {"b": {"role_ref": {"name": "deployer"}, "subject": [{"name": "deployer"}]}}}}
	count(findings) == 0
}
