# METADATA
# title: no role makes pods or enters them
# description: In a manifest, a rendered chart or a synthesized stack, no role makes pods or enters them
# custom:
#   id: no-way-into-pods
#   level: blocking
#   reason: a pod can mount every secret of its namespace, and a shell in one reads them
#   remedy: let the deployer change Deployments and Rollouts only
#   links:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.1.4"
#     - "Checkov: CKV2_K8S_2"
package gatehouse.kubernetes.no_way_into_pods

import data.gatehouse.lib.rbac

deny contains finding if {
	some right in rbac.rights
	rbac.over(right, {"pods", "pods/attach", "pods/ephemeralcontainers", "pods/exec"})
	some verb in right.verbs
	verb in {"*", "create", "patch", "update"}
	finding := {
		"msg": "the role makes pods or gets a shell in them; take that out",
		"address": right.address,
		"path": right.path,
	}
}
