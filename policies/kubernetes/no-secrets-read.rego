# METADATA
# title: no role reads secrets
# description: In a manifest, a rendered chart or a synthesized stack, no role reads secrets
# custom:
#   id: no-secrets-read
#   level: blocking
#   reason: who may list secrets has all of them
#   remedy: mount the one secret that is needed into the pod
#   links:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.1.2"
#     - "Checkov: CKV2_K8S_5"
package gatehouse.kubernetes.no_secrets_read

import data.gatehouse.lib.rbac

deny contains finding if {
	some right in rbac.rights
	"secrets" in right.resources
	some verb in right.verbs
	verb in {"*", "get", "list", "watch"}
	finding := {
		"msg": "the role reads every secret of its namespace; take that out",
		"address": right.address,
		"path": right.path,
	}
}
