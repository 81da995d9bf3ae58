# METADATA
# title: every container has a filter of system calls
# description: In a manifest, a rendered chart or a synthesized stack, every container has a filter of system calls
# custom:
#   id: seccomp
#   level: blocking
#   reason: most holes of the kernel lie behind calls that no service makes
#   remedy: "set `seccompProfile.type: RuntimeDefault`"
#   links:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.6.2"
#     - "Checkov: CKV_K8S_31"
package gatehouse.kubernetes.seccomp

import data.gatehouse.lib.manifest

deny contains finding if {
	some found in manifest.containers
	not filtered(found.container)
	finding := {
		"msg": sprintf("the container %v has no seccomp profile; give it RuntimeDefault", [object.get(found.container, "name", "")]),
		"address": manifest.address,
		"path": concat(".", [found.path, "securityContext.seccompProfile"]),
	}
}

filtered(container) if manifest.safety(container, "seccompProfile").type in {"Localhost", "RuntimeDefault"}
