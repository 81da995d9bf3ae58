package gatehouse.kubernetes.probes_test

import data.gatehouse.kubernetes.probes as rule

test_refuses_one_that_is_never_asked_whether_it_lives if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {"containers": [{"name": "shop", "readinessProbe": {"httpGet": {"path": "/health"}}}]}}},
	}
	{[f.address, f.path] | some f in findings} == {["Deployment/shop", "spec.template.spec.containers[0].livenessProbe"]}
}

test_allows_one_that_is_asked if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {"containers": [{
			"name": "shop",
			"readinessProbe": {"httpGet": {"path": "/ready"}},
			"livenessProbe": {"httpGet": {"path": "/health"}},
		}]}}},
	}
	count(findings) == 0
}

test_allows_a_job if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Job",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {"containers": [{"name": "shop"}]}}},
	}
	count(findings) == 0
}
