package gatehouse.kubernetes.image_by_digest_test

import data.gatehouse.kubernetes.image_by_digest as rule

test_refuses_a_container_of_a_deployment if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {"containers": [{"name": "shop", "image": "shop:latest"}]}}},
	}
	{[f.address, f.path] | some f in findings} == {["Deployment/shop", "spec.template.spec.containers[0].image"]}
}

test_refuses_an_init_container_of_a_scheduled_job if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "CronJob",
		"metadata": {"name": "shop"},
		"spec": {"jobTemplate": {"spec": {"template": {"spec": {"initContainers": [{"name": "seed", "image": "shop:latest"}]}}}}},
	}
	{[f.address, f.path] | some f in findings} == {["CronJob/shop", "spec.jobTemplate.spec.template.spec.initContainers[0].image"]}
}

test_allows_a_container_that_keeps_to_it if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {"containers": [{
			"name": "shop",
			"image": "shop@sha256:0000000000000000000000000000000000000000000000000000000000000000",
		}]}}},
	}
	count(findings) == 0
}
