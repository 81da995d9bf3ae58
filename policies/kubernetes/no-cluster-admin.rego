# METADATA
# title: nobody is bound to cluster-admin
# description: In a manifest, a rendered chart or a synthesized stack, nobody is bound to cluster-admin
# custom:
#   id: no-cluster-admin
#   level: blocking
#   reason: its holder may do everything, everywhere, without a trace of why
#   remedy: bind a role that names what is needed
#   links:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.1.1"
package gatehouse.kubernetes.no_cluster_admin

import data.gatehouse.lib.rbac

deny contains finding if {
	some binding in rbac.bindings
	binding.role in {"admin", "cluster-admin"}
	finding := {
		"msg": "somebody is bound to an administrator's role; bind one that names what is needed",
		"address": binding.address,
		"path": binding.path,
	}
}
