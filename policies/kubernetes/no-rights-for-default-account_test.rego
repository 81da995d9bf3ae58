package gatehouse.kubernetes.no_rights_for_default_account_test

import data.gatehouse.kubernetes.no_rights_for_default_account as rule

manifest(subject) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "RoleBinding",
	"metadata": {"name": "b"},
	"roleRef": {"kind": "Role", "name": "reader"},
	"subjects": [{"kind": "ServiceAccount", "name": "shop"}, subject],
}

stack(subject) := {"resource": {"kubernetes_role_binding_v1": {"b": {"role_ref": {"name": "reader"}, "subject": [subject]}}}}

unchosen := [
	{"kind": "ServiceAccount", "name": "default", "namespace": "shop"},
	{"kind": "Group", "name": "system:serviceaccounts"},
	{"kind": "Group", "name": "system:serviceaccounts:shop"},
]

test_refuses_a_binding_of_a_manifest if {
	every subject in unchosen {
		findings := rule.deny with input as manifest(subject)
		{[f.address, f.path] | some f in findings} == {["RoleBinding/b", "subjects[1]"]}
	}
}

test_refuses_a_binding_of_a_stack if {
	every subject in unchosen {
		findings := rule.deny with input as stack(subject)
		{[f.address, f.path] | some f in findings} == {["kubernetes_role_binding_v1.b", "subject[0]"]}
	}
}

test_allows_accounts_and_groups_with_a_name_of_their_own if {
	every subject in [{"kind": "ServiceAccount", "name": "shop"}, {"kind": "Group", "name": "default"}, {"kind": "User", "name": "system:serviceaccounts"}, {"name": "default"}] {
		findings := rule.deny with input as stack(subject)
		count(findings) == 0
	}
}
