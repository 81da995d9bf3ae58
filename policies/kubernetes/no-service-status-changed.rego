# METADATA
# title: no role says at which address a service answers
# description: In a manifest, a rendered chart or a synthesized stack, no role says at which address a service answers
# custom:
#   id: no-service-status-changed
#   level: blocking
#   reason: traffic of the whole cluster to the address in `status.loadBalancer.ingress` goes to the service that says so (CVE-2020-8554)
#   remedy: leave the status of services to the cluster's load balancer
#   links:
#     - https://github.com/kubernetes/kubernetes/issues/97076
#   external:
#     - "Checkov: CKV2_K8S_4"
package gatehouse.kubernetes.no_service_status_changed

import data.gatehouse.lib.rbac

deny contains finding if {
	some right in rbac.rights
	rbac.over(right, {"services/status"})
	some verb in right.verbs
	verb in {"*", "patch", "update"}
	finding := {
		"msg": "the role takes traffic of others by a service's status; take that out",
		"address": right.address,
		"path": right.path,
	}
}
