package gatehouse.kubernetes.no_host_ports_test

import data.gatehouse.kubernetes.no_host_ports as rule

test_refuses_a_container_of_a_deployment if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {"containers": [{"name": "shop", "ports": [{"containerPort": 80, "hostPort": 80}]}]}}},
	}
	{[f.address, f.path] | some f in findings} == {["Deployment/shop", "spec.template.spec.containers[0].ports"]}
}

test_refuses_an_init_container_of_a_scheduled_job if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "CronJob",
		"metadata": {"name": "shop"},
		"spec": {"jobTemplate": {"spec": {"template": {"spec": {"initContainers": [{"name": "seed", "ports": [{"containerPort": 80, "hostPort": 80}]}]}}}}},
	}
	{[f.address, f.path] | some f in findings} == {["CronJob/shop", "spec.jobTemplate.spec.template.spec.initContainers[0].ports"]}
}

test_allows_a_container_that_keeps_to_it if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {"containers": [{"name": "shop", "ports": [{"containerPort": 8080}]}]}}},
	}
	count(findings) == 0
}
