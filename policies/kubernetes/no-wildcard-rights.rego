# METADATA
# title: a role names what it allows
# description: In a manifest, a rendered chart or a synthesized stack, a role names what it allows
# custom:
#   id: no-wildcard-rights
#   level: blocking
#   reason: what is added to the cluster tomorrow is allowed today
#   remedy: name groups, resources and verbs
#   links:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.1.3"
#     - "Checkov: CKV_K8S_49"
package gatehouse.kubernetes.no_wildcard_rights

import data.gatehouse.lib.rbac

deny contains finding if {
	some right in rbac.rights
	some part in {"groups", "resources", "verbs"}
	"*" in right[part]
	finding := {
		"msg": "the role allows everything of a kind; name what it needs",
		"address": right.address,
		"path": right.path,
	}
}
