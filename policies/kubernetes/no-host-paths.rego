# METADATA
# title: no pod mounts a directory of its node
# description: In a manifest, a rendered chart or a synthesized stack, no pod mounts a directory of its node
# custom:
#   id: no-host-paths
#   level: blocking
#   reason: the socket of the container runtime is one of them
#   remedy: use a volume that isn't the node's
#   links:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.2.11"
#     - "Checkov: CKV_K8S_27"
package gatehouse.kubernetes.no_host_paths

import data.gatehouse.lib.manifest

deny contains finding if {
	some index, volume in manifest.pod.volumes
	path := volume.hostPath.path
	finding := {
		"msg": sprintf("the pod mounts %v of its node; use another volume", [path]),
		"address": manifest.address,
		"path": sprintf("%s.volumes[%d].hostPath", [manifest.pod_path, index]),
	}
}
