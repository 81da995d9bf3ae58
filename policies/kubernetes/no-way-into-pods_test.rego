package gatehouse.kubernetes.no_way_into_pods_test

import data.gatehouse.kubernetes.no_way_into_pods as rule

test_refuses_a_role_of_a_manifest if {
	findings := rule.deny with input as {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "deployer"},
		"rules": [{"apiGroups": [""], "resources": ["pods/exec"], "verbs": ["create"]}],
	}
	{[f.address, f.path] | some f in findings} == {["Role/deployer", "rules[0]"]}
}

test_refuses_a_role_of_a_stack if {
	findings := rule.deny with input as {"resource": {"kubernetes_role_v1": {"deployer": {"rule": [{"api_groups": [""], "resources": ["pods/exec"], "verbs": ["create"]}]}}}}
	{[f.address, f.path] | some f in findings} == {["kubernetes_role_v1.deployer", "rule[0]"]}
}

test_refuses_a_shell_in_whatever_has_one if {
	findings := rule.deny with input as {"resource": {"kubernetes_role_v1": {"deployer": {"rule": [{"api_groups": [""], "resources": ["*/exec"], "verbs": ["create"]}]}}}}
	{[f.address, f.path] | some f in findings} == {["kubernetes_role_v1.deployer", "rule[0]"]}
}

test_allows_a_role_that_names_what_it_needs if {
	findings := rule.deny with input as {"resource": {"kubernetes_role_v1": {"deployer": {"rule": [{"api_groups": ["apps"], "resources": ["deployments"], "verbs": ["get", "patch"]}]}}}}
	count(findings) == 0
}
