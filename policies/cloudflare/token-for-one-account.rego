# METADATA
# title: a token is for what it names, and ends
# description: In a synthesized stack, a token is for what it names, and ends
# custom:
#   id: token-for-one-account
#   level: blocking
#   reason: a token for everything, for ever, is found years later (POS-9)
#   remedy: name the account in `resources`, and set `expires_on`
#   links:
#     - https://developers.cloudflare.com/fundamentals/api/get-started/create-token/
#   external: []
package gatehouse.cloudflare.token_for_one_account

import data.gatehouse.lib.configuration

kinds := {"cloudflare_account_token", "cloudflare_api_token"}

deny contains finding if {
	some kind in kinds
	some name, token in configuration.named(kind)
	some index, policy in token.policies
	regex.match(`com\.cloudflare\.api\.(account|account\.zone)\.\*|\.user\.`, sprintf("%v", [policy.resources]))
	finding := {
		"msg": "the token is for every account or zone; name the one it is for",
		"address": configuration.address(kind, name),
		"path": sprintf("policies[%d].resources", [index]),
	}
}

deny contains finding if {
	some kind in kinds
	some name, token in configuration.named(kind)
	not token.expires_on
	finding := {
		"msg": "the token never ends; say when it does",
		"address": configuration.address(kind, name),
		"path": "expires_on",
	}
}
