# METADATA
# title: a pod gets no token of the cluster unless it asks
# description: In a manifest, a rendered chart or a synthesized stack, a pod gets no token of the cluster unless it asks
# custom:
#   id: no-token-mounted
#   level: blocking
#   reason: who gets into the pod gets what its account may do
#   remedy: "set `automountServiceAccountToken: false` on the pod and on the account"
#   links:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.1.6"
#     - "Checkov: CKV_K8S_38"
package gatehouse.kubernetes.no_token_mounted

import data.gatehouse.lib.configuration
import data.gatehouse.lib.manifest

deny contains finding if {
	manifest.pod
	not manifest.pod.automountServiceAccountToken == false
	finding := {
		"msg": "the pod gets a token of the cluster; set automountServiceAccountToken to false",
		"address": manifest.address,
		"path": concat(".", [manifest.pod_path, "automountServiceAccountToken"]),
	}
}

deny contains finding if {
	some name, account in configuration.named("kubernetes_service_account_v1")
	not account.automount_service_account_token == false
	finding := {
		"msg": "every pod of this account gets its token; set automount_service_account_token to false",
		"address": configuration.address("kubernetes_service_account_v1", name),
		"path": "automount_service_account_token",
	}
}
