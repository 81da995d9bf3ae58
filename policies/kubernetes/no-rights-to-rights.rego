# METADATA
# title: no role gives rights
# description: In a manifest, a rendered chart or a synthesized stack, no role gives rights
# custom:
#   id: no-rights-to-rights
#   level: blocking
#   reason: who may bind, escalate or impersonate has every right that there is
#   remedy: leave roles and bindings to Terraform
#   links:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.1.8"
#     - "Checkov: CKV_K8S_157"
#     - "Checkov: CKV_K8S_158"
#     - "Checkov: CKV2_K8S_3"
package gatehouse.kubernetes.no_rights_to_rights

import data.gatehouse.lib.rbac

deny contains finding if {
	some right in rbac.rights
	some verb in right.verbs
	verb in {"bind", "escalate", "impersonate"}
	finding := {
		"msg": "the role may give itself other rights; take that out",
		"address": right.address,
		"path": right.path,
	}
}
