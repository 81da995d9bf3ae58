package gatehouse.kubernetes.no_token_mounted_test

import data.gatehouse.kubernetes.no_token_mounted as rule

test_refuses_a_pod_that_says_nothing if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {}}},
	}
	{[f.address, f.path] | some f in findings} == {["Deployment/shop", "spec.template.spec.automountServiceAccountToken"]}
}

test_refuses_an_account_that_says_nothing if {
	findings := rule.deny with input as {"resource": {"kubernetes_service_account_v1": {"a": {}}}}
	{[f.address, f.path] | some f in findings} == {["kubernetes_service_account_v1.a", "automount_service_account_token"]}
}

test_allows_a_pod_without if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {"automountServiceAccountToken": false}}},
	}
	count(findings) == 0
}

test_allows_an_account_without if {
	findings := rule.deny with input as {"resource": {"kubernetes_service_account_v1": {"a": {"automount_service_account_token": false}}}}
	count(findings) == 0
}
