# METADATA
# title: no role approves certificates
# description: In a manifest, a rendered chart or a synthesized stack, no role approves certificates
# custom:
#   id: no-certificates-approved
#   level: blocking
#   reason: a certificate of the cluster is an identity, of any name and group that it says
#   remedy: leave approving to the controllers of the cluster
#   links:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#     - https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.1.11"
#     - "Checkov: CKV_K8S_156"
package gatehouse.kubernetes.no_certificates_approved

import data.gatehouse.lib.rbac

deny contains finding if {
	some right in rbac.rights
	rbac.over(right, {"certificatesigningrequests/approval", "signers"})
	some verb in right.verbs
	verb in {"*", "approve", "patch", "update"}
	finding := {
		"msg": "the role approves certificates, and with them makes itself anybody; take that out",
		"address": right.address,
		"path": right.path,
	}
}
