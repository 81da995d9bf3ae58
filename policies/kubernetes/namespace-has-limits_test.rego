package gatehouse.kubernetes.namespace_has_limits_test

import data.gatehouse.kubernetes.namespace_has_limits as rule

namespace := {"metadata": {"name": "shop", "labels": {"gatehouse.dev/service": "shop"}}}

test_refuses_one_without if {
	findings := rule.deny with input as {"resource": {"kubernetes_namespace_v1": {"namespace": namespace}}}
	{[f.address, f.path] | some f in findings} == {["kubernetes_namespace_v1.namespace", "metadata.name"]}
}

test_allows_one_with if {
	findings := rule.deny with input as {"resource": {
		"kubernetes_namespace_v1": {"namespace": namespace},
		"kubernetes_limit_range_v1": {"l": {"metadata": {"namespace": "${kubernetes_namespace_v1.namespace.metadata[0].name}"}}},
	}}
	count(findings) == 0
}
