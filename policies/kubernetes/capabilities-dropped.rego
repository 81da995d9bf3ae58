# METADATA
# title: a container drops every capability
# description: In a manifest, a rendered chart or a synthesized stack, a container drops every capability
# custom:
#   id: capabilities-dropped
#   level: blocking
#   reason: a capability is a part of root
#   remedy: "set `capabilities.drop: [\"ALL\"]` and add nothing but NET_BIND_SERVICE"
#   links:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.2.8"
#     - "CIS Kubernetes v2.0.1: 5.2.9"
#     - "Checkov: CKV_K8S_25"
#     - "Checkov: CKV_K8S_28"
#     - "Checkov: CKV_K8S_37"
#     - "Checkov: CKV_K8S_39"
package gatehouse.kubernetes.capabilities_dropped

import data.gatehouse.lib.manifest

deny contains finding if {
	some found in manifest.containers
	not dropped(found.container)
	finding := {
		"msg": sprintf("the container %v keeps capabilities; drop ALL and add none but NET_BIND_SERVICE", [object.get(found.container, "name", "")]),
		"address": manifest.address,
		"path": concat(".", [found.path, "securityContext.capabilities"]),
	}
}

dropped(container) if {
	capabilities := container.securityContext.capabilities
	"ALL" in capabilities.drop
	every added in object.get(capabilities, "add", []) {
		added == "NET_BIND_SERVICE"
	}
}
