package gatehouse.kubernetes.no_privilege_escalation_test

import data.gatehouse.kubernetes.no_privilege_escalation as rule

test_refuses_a_container_of_a_deployment if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {"containers": [{"name": "shop"}]}}},
	}
	{[f.address, f.path] | some f in findings} == {["Deployment/shop", "spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation"]}
}

test_refuses_an_init_container_of_a_scheduled_job if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "CronJob",
		"metadata": {"name": "shop"},
		"spec": {"jobTemplate": {"spec": {"template": {"spec": {"initContainers": [{"name": "seed"}]}}}}},
	}
	{[f.address, f.path] | some f in findings} == {["CronJob/shop", "spec.jobTemplate.spec.template.spec.initContainers[0].securityContext.allowPrivilegeEscalation"]}
}

test_refuses_a_container_whose_pod_alone_says_so if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {
			"securityContext": {"allowPrivilegeEscalation": false},
			"containers": [{"name": "shop"}, {"name": "sidecar", "securityContext": null}],
		}}},
	}
	{f.path | some f in findings} == {
		"spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation",
		"spec.template.spec.containers[1].securityContext.allowPrivilegeEscalation",
	}
}

test_allows_a_container_that_keeps_to_it if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {"containers": [{"name": "shop", "securityContext": {"allowPrivilegeEscalation": false}}]}}},
	}
	count(findings) == 0
}
