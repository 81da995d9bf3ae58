# METADATA
# title: no role changes what the cluster admits
# description: In a manifest, a rendered chart or a synthesized stack, no role changes what the cluster admits
# custom:
#   id: no-admission-changed
#   level: blocking
#   reason: a webhook reads every object that is admitted, secrets too, and may change it
#   remedy: leave webhooks of admission to whoever runs the cluster
#   links:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.1.12"
#     - "Checkov: CKV_K8S_155"
package gatehouse.kubernetes.no_admission_changed

import data.gatehouse.lib.rbac

deny contains finding if {
	some right in rbac.rights
	rbac.over(right, {"mutatingwebhookconfigurations", "validatingwebhookconfigurations"})
	some verb in right.verbs
	verb in {"*", "create", "delete", "deletecollection", "patch", "update"}
	finding := {
		"msg": "the role changes what the cluster asks before it admits an object; take that out",
		"address": right.address,
		"path": right.path,
	}
}
