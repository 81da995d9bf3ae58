package gatehouse.kubernetes.no_host_paths_test

import data.gatehouse.kubernetes.no_host_paths as rule

test_refuses_the_socket_of_the_runtime if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {"volumes": [{"name": "a", "hostPath": {"path": "/run/containerd/containerd.sock"}}]}}},
	}
	{[f.address, f.path] | some f in findings} == {["Deployment/shop", "spec.template.spec.volumes[0].hostPath"]}
}

test_allows_an_empty_directory if {
	findings := rule.deny with input as {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {"volumes": [{"name": "a", "emptyDir": {}}]}}},
	}
	count(findings) == 0
}
