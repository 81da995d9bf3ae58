# METADATA
# title: no container takes a port of its node
# description: In a manifest, a rendered chart or a synthesized stack, no container takes a port of its node
# custom:
#   id: no-host-ports
#   level: blocking
#   reason: it is reached past every Service and network policy
#   remedy: take `hostPort` out, and use a Service
#   links:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.2.12"
#     - "Checkov: CKV_K8S_26"
package gatehouse.kubernetes.no_host_ports

import data.gatehouse.lib.manifest

deny contains finding if {
	some found in manifest.containers
	some port in found.container.ports
	object.get(port, "hostPort", 0) != 0
	finding := {
		"msg": sprintf("the container %v takes a port of its node; use a Service", [object.get(found.container, "name", "")]),
		"address": manifest.address,
		"path": concat(".", [found.path, "ports"]),
	}
}
