# METADATA
# title: no container is privileged
# description: In a manifest, a rendered chart or a synthesized stack, no container is privileged
# custom:
#   id: no-privileged-containers
#   level: blocking
#   reason: a privileged container is root on its node
#   remedy: take `privileged` out
#   links:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.2.2"
#     - "Checkov: CKV_K8S_16"
package gatehouse.kubernetes.no_privileged_containers

import data.gatehouse.lib.manifest

deny contains finding if {
	some found in manifest.containers
	found.container.securityContext.privileged == true
	finding := {
		"msg": sprintf("the container %v is privileged; it must not be", [object.get(found.container, "name", "")]),
		"address": manifest.address,
		"path": concat(".", [found.path, "securityContext.privileged"]),
	}
}
