package gatehouse.kubernetes.own_account_test

import data.gatehouse.kubernetes.own_account as rule

test_refuses_a_pod_that_names_none if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {}}},
	}
	{[f.address, f.path] | some f in findings} == {["Deployment/shop", "spec.template.spec.serviceAccountName"]}
}

test_allows_a_pod_that_names_its_own if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {"serviceAccountName": "shop"}}},
	}
	count(findings) == 0
}
