# METADATA
# title: a container says what it needs and what it may take
# description: In a manifest, a rendered chart or a synthesized stack, a container says what it needs and what it may take
# custom:
#   id: resources-limited
#   level: blocking
#   reason: one container that takes all memory takes its neighbours down
#   remedy: set requests of cpu and memory, and a limit of memory
#   links:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   external:
#     - "Checkov: CKV_K8S_10"
#     - "Checkov: CKV_K8S_12"
#     - "Checkov: CKV_K8S_13"
package gatehouse.kubernetes.resources_limited

import data.gatehouse.lib.manifest

deny contains finding if {
	some found in manifest.containers
	not limited(found.container)
	finding := {
		"msg": sprintf("the container %v says not what it takes; set requests of cpu and memory and a limit of memory", [object.get(found.container, "name", "")]),
		"address": manifest.address,
		"path": concat(".", [found.path, "resources"]),
	}
}

limited(container) if {
	container.resources.requests.cpu
	container.resources.requests.memory
	container.resources.limits.memory
}
