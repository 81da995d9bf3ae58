# METADATA
# title: no role makes persistent volumes
# description: In a manifest, a rendered chart or a synthesized stack, no role makes persistent volumes
# custom:
#   id: no-persistent-volumes-made
#   level: blocking
#   reason: a volume of the path `/` of a node is the node
#   remedy: let the storage class make volumes, by a PersistentVolumeClaim
#   links:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.1.9"
package gatehouse.kubernetes.no_persistent_volumes_made

import data.gatehouse.lib.rbac

deny contains finding if {
	some right in rbac.rights
	rbac.over(right, {"persistentvolumes"})
	some verb in right.verbs
	verb in {"*", "create"}
	finding := {
		"msg": "the role makes persistent volumes, and may choose any path of a node; take that out",
		"address": right.address,
		"path": right.path,
	}
}
