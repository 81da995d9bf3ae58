# METADATA
# title: no container writes to its own image
# description: In a manifest, a rendered chart or a synthesized stack, no container writes to its own image
# custom:
#   id: read-only-root
#   level: blocking
#   reason: who gets in would change the program that runs
#   remedy: "set `readOnlyRootFilesystem: true`, and mount an emptyDir where it writes"
#   links:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.6.3"
#     - "Checkov: CKV_K8S_22"
#     - "Checkov: CKV_K8S_30"
package gatehouse.kubernetes.read_only_root

import data.gatehouse.lib.manifest

deny contains finding if {
	some found in manifest.containers

	# A pod has no such field.
	not found.container.securityContext.readOnlyRootFilesystem == true
	finding := {
		"msg": sprintf("the container %v may write to its own files; set readOnlyRootFilesystem", [object.get(found.container, "name", "")]),
		"address": manifest.address,
		"path": concat(".", [found.path, "securityContext.readOnlyRootFilesystem"]),
	}
}
