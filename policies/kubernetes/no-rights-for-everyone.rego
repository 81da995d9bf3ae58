# METADATA
# title: no right is given to everyone
# description: In a manifest, a rendered chart or a synthesized stack, no right is given to everyone
# custom:
#   id: no-rights-for-everyone
#   level: blocking
#   reason: these groups are whoever reaches the API, or past every check
#   remedy: bind an account or a group of people
#   links:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.1.7"
package gatehouse.kubernetes.no_rights_for_everyone

import data.gatehouse.lib.rbac

deny contains finding if {
	some binding in rbac.bindings
	binding.subject in {"system:anonymous", "system:authenticated", "system:masters", "system:unauthenticated"}
	finding := {
		"msg": "a right is given to a group that anyone may be in; bind an account",
		"address": binding.address,
		"path": binding.path,
	}
}
