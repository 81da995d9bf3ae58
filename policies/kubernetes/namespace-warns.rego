# METADATA
# title: a namespace says of a pod that it is not restricted
# description: In a synthesized stack, a namespace says of a pod that it is not restricted
# custom:
#   id: namespace-warns
#   level: advisory
#   reason: a workload whose pods are refused is otherwise only known by the pods that are missing
#   remedy: keep the labels `warn` and `audit` of the pod security standard
#   links:
#     - https://kubernetes.io/docs/concepts/security/pod-security-admission/
#   external: []
package gatehouse.kubernetes.namespace_warns

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, namespace in configuration.named("kubernetes_namespace_v1")
	some mode in {"audit", "warn"}
	label := sprintf("pod-security.kubernetes.io/%s", [mode])
	not restricted(namespace, label)
	finding := {
		"msg": sprintf("nothing is said of pods that aren't restricted; set %s to restricted", [mode]),
		"address": configuration.address("kubernetes_namespace_v1", name),
		"path": sprintf("metadata.labels[\"%s\"]", [label]),
	}
}

restricted(namespace, label) if blocks.one(namespace.metadata).labels[label] == "restricted"
