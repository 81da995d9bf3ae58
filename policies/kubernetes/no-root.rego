# METADATA
# title: no container runs as root
# description: In a manifest, a rendered chart or a synthesized stack, no container runs as root
# custom:
#   id: no-root
#   level: blocking
#   reason: root in the container is root on the node when the kernel has a hole
#   remedy: "set `runAsNonRoot: true`, at the pod or at the container"
#   links:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.2.7"
#     - "Checkov: CKV_K8S_23"
package gatehouse.kubernetes.no_root

import data.gatehouse.lib.manifest

deny contains finding if {
	some found in manifest.containers
	not manifest.safety(found.container, "runAsNonRoot") == true
	finding := {
		"msg": sprintf("the container %v may run as root; set runAsNonRoot", [object.get(found.container, "name", "")]),
		"address": manifest.address,
		"path": concat(".", [found.path, "securityContext.runAsNonRoot"]),
	}
}
