# METADATA
# title: no role makes tokens of accounts
# description: In a manifest, a rendered chart or a synthesized stack, no role makes tokens of accounts
# custom:
#   id: no-tokens-made
#   level: blocking
#   reason: with the token of an account come all its rights, for whoever has it
#   remedy: let pods mount the token of their own account, where they need one
#   links:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   external:
#     - "CIS Kubernetes v2.0.1: 5.1.13"
package gatehouse.kubernetes.no_tokens_made

import data.gatehouse.lib.rbac

deny contains finding if {
	some right in rbac.rights
	rbac.over(right, {"serviceaccounts/token"})
	some verb in right.verbs
	verb in {"*", "create"}
	finding := {
		"msg": "the role makes tokens of accounts, and takes their rights; take that out",
		"address": right.address,
		"path": right.path,
	}
}
