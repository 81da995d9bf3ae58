# METADATA
# title: a namespace admits restricted pods only
# description: In a manifest, a rendered chart or a synthesized stack, a namespace admits restricted pods only
# custom:
#   id: namespace-restricted
#   level: blocking
#   reason: a rule that only looks at files sees no pod that is made by hand
#   remedy: keep the pod security standard `restricted`
#   links:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.2.1"
#     - "CIS Kubernetes v2.0.1: 5.2.2"
#     - "CIS Kubernetes v2.0.1: 5.2.3"
#     - "CIS Kubernetes v2.0.1: 5.2.4"
#     - "CIS Kubernetes v2.0.1: 5.2.5"
#     - "CIS Kubernetes v2.0.1: 5.2.6"
#     - "CIS Kubernetes v2.0.1: 5.2.7"
#     - "CIS Kubernetes v2.0.1: 5.2.8"
#     - "CIS Kubernetes v2.0.1: 5.2.9"
#     - "CIS Kubernetes v2.0.1: 5.2.10"
#     - "CIS Kubernetes v2.0.1: 5.2.11"
#     - "CIS Kubernetes v2.0.1: 5.2.12"
package gatehouse.kubernetes.namespace_restricted

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration
import data.gatehouse.lib.manifest

label := "pod-security.kubernetes.io/enforce"

deny contains finding if {
	input.kind == "Namespace"
	not restricted(input)
	finding := {
		"msg": "the namespace admits pods that aren't restricted; enforce restricted",
		"address": manifest.address,
		"path": sprintf("metadata.labels[\"%s\"]", [label]),
	}
}

deny contains finding if {
	some name, namespace in configuration.named("kubernetes_namespace_v1")
	not restricted(namespace)
	finding := {
		"msg": "the namespace admits pods that aren't restricted; enforce restricted",
		"address": configuration.address("kubernetes_namespace_v1", name),
		"path": sprintf("metadata.labels[\"%s\"]", [label]),
	}
}

restricted(namespace) if blocks.one(namespace.metadata).labels[label] == "restricted"
