package gatehouse.kubernetes.namespace_has_quota_test

import data.gatehouse.kubernetes.namespace_has_quota as rule

test_refuses_one_without if {
	findings := rule.deny with input as {"resource": {"kubernetes_namespace_v1": {"namespace": {"metadata": {"name": "shop", "labels": {"gatehouse.dev/service": "shop"}}}}}}
	{[f.address, f.path] | some f in findings} == {["kubernetes_namespace_v1.namespace", "metadata.name"]}
}

test_allows_one_with if {
	findings := rule.deny with input as {"resource": {
		"kubernetes_namespace_v1": {"namespace": {"metadata": {"name": "shop", "labels": {"gatehouse.dev/service": "shop"}}}},
		"kubernetes_resource_quota_v1": {"q": {"metadata": {"namespace": "shop"}, "spec": {"hard": {"pods": "10"}}}},
	}}
	count(findings) == 0
}

test_refuses_one_whose_name_is_made_up_later if {
	labels := {"gatehouse.dev/service": "shop"}
	findings := rule.deny with input as {"resource": {"kubernetes_namespace_v1": {"namespace": {"metadata": {"generate_name": "shop-", "labels": labels}}}}}
	{[f.address, f.path] | some f in findings} == {["kubernetes_namespace_v1.namespace", "metadata.name"]}
}
