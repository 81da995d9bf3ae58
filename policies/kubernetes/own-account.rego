# METADATA
# title: a workload has an account of its own
# description: In a manifest, a rendered chart or a synthesized stack, a workload has an account of its own
# custom:
#   id: own-account
#   level: blocking
#   reason: what the account `default` is once given, everything in the namespace has
#   remedy: name the service's account
#   links:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.1.5"
#     - "Checkov: CKV_K8S_41"
package gatehouse.kubernetes.own_account

import data.gatehouse.lib.manifest

deny contains finding if {
	manifest.pod
	object.get(manifest.pod, "serviceAccountName", "default") in {"", "default"}
	finding := {
		"msg": "the pod runs as the account default; name one of its own",
		"address": manifest.address,
		"path": concat(".", [manifest.pod_path, "serviceAccountName"]),
	}
}
