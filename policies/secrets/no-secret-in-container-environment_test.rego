package gatehouse.secrets.no_secret_in_container_environment_test

import data.gatehouse.secrets.no_secret_in_container_environment as rule

test_refuses_a_password if {
	findings := rule.deny with input as {
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "shop"},
		"spec": {"containers": [{"env": [{"name": "DB_PASSWORD", "value": "written here"}]}]},
	}
	{[f.address, f.path] | some f in findings} == {["Pod/shop", "spec.containers[0].env[0].value"]}
}

test_allows_one_from_a_secret if {
	findings := rule.deny with input as {
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "shop"},
		"spec": {"containers": [{"env": [{"name": "DB_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "shop", "key": "password"}}}]}]},
	}
	count(findings) == 0
}
