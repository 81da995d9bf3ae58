# METADATA
# title: what serves requests says how to ask whether it is well
# description: In a manifest, a rendered chart or a synthesized stack, what serves requests says how to ask whether it is well
# custom:
#   id: probes
#   level: advisory
#   reason: requests go to a pod that hangs until somebody restarts it
#   remedy: set a readiness and a liveness probe on the first container
#   links:
#     - https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
#   external:
#     - "Checkov: CKV_K8S_8"
#     - "Checkov: CKV_K8S_9"
package gatehouse.kubernetes.probes

import data.gatehouse.lib.manifest

deny contains finding if {
	input.kind in {"Deployment", "Rollout", "StatefulSet"}
	container := manifest.pod.containers[0]
	some probe in {"livenessProbe", "readinessProbe"}
	not container[probe]
	finding := {
		"msg": sprintf("the container %v has no %s; say how to ask", [object.get(container, "name", ""), probe]),
		"address": manifest.address,
		"path": sprintf("%s.containers[0].%s", [manifest.pod_path, probe]),
	}
}
