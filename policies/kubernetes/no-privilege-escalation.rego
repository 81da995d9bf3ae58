# METADATA
# title: no process gets more rights than its container
# description: In a manifest, a rendered chart or a synthesized stack, no process gets more rights than its container
# custom:
#   id: no-privilege-escalation
#   level: blocking
#   reason: a setuid program in the image would be enough to become root
#   remedy: "set `allowPrivilegeEscalation: false`"
#   links:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.2.6"
#     - "Checkov: CKV_K8S_20"
package gatehouse.kubernetes.no_privilege_escalation

import data.gatehouse.lib.manifest

deny contains finding if {
	some found in manifest.containers

	# A pod has no such field.
	object.get(found.container, ["securityContext", "allowPrivilegeEscalation"], null) != false
	finding := {
		"msg": sprintf("the container %v may gain rights; set allowPrivilegeEscalation to false", [object.get(found.container, "name", "")]),
		"address": manifest.address,
		"path": concat(".", [found.path, "securityContext.allowPrivilegeEscalation"]),
	}
}
