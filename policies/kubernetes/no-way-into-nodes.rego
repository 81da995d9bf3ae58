# METADATA
# title: no role goes past the API server into nodes
# description: In a manifest, a rendered chart or a synthesized stack, no role goes past the API server into nodes
# custom:
#   id: no-way-into-nodes
#   level: blocking
#   reason: a kubelet runs any command in any pod of its node, and neither admission nor the audit log sees it
#   remedy: read nodes and pods by the API server
#   links:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#     - https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.1.10"
#     - "Checkov: CKV2_K8S_2"
package gatehouse.kubernetes.no_way_into_nodes

import data.gatehouse.lib.rbac

deny contains finding if {
	some right in rbac.rights
	rbac.over(right, {"nodes/proxy"})
	finding := {
		"msg": "the role reaches the kubelet of every node, past the API server; take that out",
		"address": right.address,
		"path": right.path,
	}
}
