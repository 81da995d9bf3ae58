package gatehouse.kubernetes.namespace_outlives_terraform_test

import data.gatehouse.kubernetes.namespace_outlives_terraform as rule

test_refuses_one_that_can_be_destroyed if {
	findings := rule.deny with input as {"resource": {"kubernetes_namespace_v1": {"it": {"metadata": {"name": "shop"}}}}}
	{[f.address, f.path] | some f in findings} == {["kubernetes_namespace_v1.it", "lifecycle.prevent_destroy"]}
}

test_allows_one_that_can_not if {
	findings := rule.deny with input as {"resource": {"kubernetes_namespace_v1": {"it": {"lifecycle": {"prevent_destroy": true}}}}}
	count(findings) == 0
}

test_allows_a_preview_to_go if {
	labels := {"gatehouse.dev/kind": "preview"}
	findings := rule.deny with input as {"resource": {"kubernetes_namespace_v1": {"it": {"metadata": {"labels": labels}}}}}
	count(findings) == 0
}
