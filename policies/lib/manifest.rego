package gatehouse.lib.manifest

# A document of Kubernetes, by its kind and name; nothing for any other document.
address := concat("/", [input.kind, input.metadata.name]) if {
	is_string(input.apiVersion)
	is_string(input.kind)
	is_string(input.metadata.name)
} else := input.kind if {
	is_string(input.apiVersion)
	is_string(input.kind)
}

templates := {
	"DaemonSet": ["spec", "template", "spec"],
	"Deployment": ["spec", "template", "spec"],
	"Job": ["spec", "template", "spec"],
	"ReplicaSet": ["spec", "template", "spec"],
	"Rollout": ["spec", "template", "spec"],
	"StatefulSet": ["spec", "template", "spec"],
	"CronJob": ["spec", "jobTemplate", "spec", "template", "spec"],
	"Pod": ["spec"],
}

# Where a workload says what its pods are, and what it says.
pod_path := concat(".", templates[input.kind]) if address

pod := spec if {
	address
	spec := object.get(input, templates[input.kind], null)
	is_object(spec)
}

# Every container of a workload: where it is, and what it is.
containers contains {"path": path, "container": container} if {
	some list in {"containers", "ephemeralContainers", "initContainers"}
	some index, container in pod[list]
	is_object(container)
	path := sprintf("%s.%s[%d]", [pod_path, list, index])
}

# What a container says of its safety, or else its pod does for all: of what Kubernetes knows at both, such as `runAsNonRoot` and `seccompProfile`.
safety(container, key) := container.securityContext[key] if {
	container.securityContext[key] != null
} else := pod.securityContext[key] if {
	pod.securityContext[key] != null
} else := null
