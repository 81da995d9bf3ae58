# METADATA
# title: a plan lets no token do more
# description: From before to after, a plan lets no token do more
# custom:
#   id: token-widened
#   level: blocking
#   reason: a token does what its holder wants, and holders change (POS-9)
#   remedy: have the new permission approved by its owner, and waived for this change
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external: []
package gatehouse.change.token_widened

import data.gatehouse.lib.plan

kinds := {"cloudflare_account_token", "cloudflare_api_token"}

deny contains finding if {
	some kind in kinds
	some change in plan.updated(kind)
	before := permissions(change.before)
	some permission in (permissions(change.after) - before)
	finding := {
		"msg": "the token may do more than before",
		"address": change.address,
		"path": "policies",
		"before": null,
		"after": permission,
	}
}

permissions(token) := {{"group": group.id, "resources": policy.resources} |
	some policy in token.policies
	policy.effect == "allow"
	some group in policy.permission_groups
}
