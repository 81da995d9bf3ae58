# METADATA
# title: no pod lives in its node's network or among its processes
# description: In a manifest, a rendered chart or a synthesized stack, no pod lives in its node's network or among its processes
# custom:
#   id: no-host-namespaces
#   level: blocking
#   reason: it sees, and may end, what the whole node does
#   remedy: take `hostNetwork`, `hostPID` and `hostIPC` out
#   links:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.2.3"
#     - "CIS Kubernetes v2.0.1: 5.2.4"
#     - "CIS Kubernetes v2.0.1: 5.2.5"
#     - "Checkov: CKV_K8S_17"
#     - "Checkov: CKV_K8S_18"
#     - "Checkov: CKV_K8S_19"
package gatehouse.kubernetes.no_host_namespaces

import data.gatehouse.lib.manifest

deny contains finding if {
	some namespace in {"hostIPC", "hostNetwork", "hostPID"}
	manifest.pod[namespace] == true
	finding := {
		"msg": sprintf("the pod has %s; take it out", [namespace]),
		"address": manifest.address,
		"path": concat(".", [manifest.pod_path, namespace]),
	}
}
