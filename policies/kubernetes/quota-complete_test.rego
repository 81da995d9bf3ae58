package gatehouse.kubernetes.quota_complete_test

import data.gatehouse.kubernetes.quota_complete as rule

complete := {"limits.memory": "4Gi", "pods": "20", "requests.cpu": "4", "requests.memory": "4Gi", "services.loadbalancers": "0", "services.nodeports": "0"}

test_refuses_one_that_lets_something_be_taken if {
	hard := object.remove(complete, ["pods"])
	findings := rule.deny with input as {"resource": {"kubernetes_resource_quota_v1": {"it": {"spec": {"hard": hard}}}}}
	{[f.address, f.path] | some f in findings} == {["kubernetes_resource_quota_v1.it", "spec.hard[\"pods\"]"]}
}

test_allows_one_that_limits_all if {
	findings := rule.deny with input as {"resource": {"kubernetes_resource_quota_v1": {"it": {"spec": {"hard": complete}}}}}
	count(findings) == 0
}
