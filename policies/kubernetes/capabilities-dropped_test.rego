package gatehouse.kubernetes.capabilities_dropped_test

import data.gatehouse.kubernetes.capabilities_dropped as rule

test_refuses_a_container_of_a_deployment if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {"containers": [{"name": "shop", "securityContext": {"capabilities": {"drop": ["ALL"], "add": ["SYS_ADMIN"]}}}]}}},
	}
	{[f.address, f.path] | some f in findings} == {["Deployment/shop", "spec.template.spec.containers[0].securityContext.capabilities"]}
}

test_refuses_an_init_container_of_a_scheduled_job if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "CronJob",
		"metadata": {"name": "shop"},
		"spec": {"jobTemplate": {"spec": {"template": {"spec": {"initContainers": [{"name": "seed", "securityContext": {"capabilities": {"drop": ["ALL"], "add": ["SYS_ADMIN"]}}}]}}}}},
	}
	{[f.address, f.path] | some f in findings} == {["CronJob/shop", "spec.jobTemplate.spec.template.spec.initContainers[0].securityContext.capabilities"]}
}

test_allows_a_container_that_keeps_to_it if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {"containers": [{"name": "shop", "securityContext": {"capabilities": {"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]}}}]}}},
	}
	count(findings) == 0
}

test_refuses_one_that_says_nothing if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {"containers": [{"name": "shop"}]}}},
	}
	{[f.address, f.path] | some f in findings} == {["Deployment/shop", "spec.template.spec.containers[0].securityContext.capabilities"]}
}

test_refuses_one_that_drops_one if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {"containers": [{"name": "shop", "securityContext": {"capabilities": {"drop": ["NET_RAW"]}}}]}}},
	}
	{[f.address, f.path] | some f in findings} == {["Deployment/shop", "spec.template.spec.containers[0].securityContext.capabilities"]}
}
