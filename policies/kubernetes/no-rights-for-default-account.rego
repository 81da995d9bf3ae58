# METADATA
# title: no right is given to an account that nobody chose
# description: In a manifest, a rendered chart or a synthesized stack, no right is given to an account that nobody chose
# custom:
#   id: no-rights-for-default-account
#   level: blocking
#   reason: a pod that names no account of its own has that one, and with it the right
#   remedy: bind an account that one workload has for itself
#   links:
#     - https://kubernetes.io/docs/concepts/security/service-accounts/
#     - https://kubernetes.io/docs/reference/access-authn-authz/rbac/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.1.5"
#     - "Checkov: CKV_K8S_42"
package gatehouse.kubernetes.no_rights_for_default_account

import data.gatehouse.lib.rbac

deny contains finding if {
	some binding in rbac.bindings
	is_for_default(binding)
	finding := {
		"msg": sprintf("the right is that of every pod that names no account, by the %s %s; bind an account of its own", [lower(binding.kind), binding.subject]),
		"address": binding.address,
		"path": binding.path,
	}
}

is_for_default(binding) if {
	binding.kind == "ServiceAccount"
	binding.subject == "default"
}

# The groups of all accounts, and of all of a namespace.
is_for_default(binding) if {
	binding.kind == "Group"
	regex.match(`^system:serviceaccounts(:|$)`, binding.subject)
}
