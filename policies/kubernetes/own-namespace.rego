# METADATA
# title: nothing is in the namespace default
# description: In a manifest, a rendered chart or a synthesized stack, nothing is in the namespace default
# custom:
#   id: own-namespace
#   level: blocking
#   reason: it has no quota, no network policy and no owner
#   remedy: name the service's namespace
#   links:
#     - https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.6.4"
#     - "Checkov: CKV_K8S_21"
package gatehouse.kubernetes.own_namespace

import data.gatehouse.lib.manifest

deny contains finding if {
	manifest.address
	input.metadata.namespace == "default"
	finding := {
		"msg": "this is in the namespace default; name another",
		"address": manifest.address,
		"path": "metadata.namespace",
	}
}
