# METADATA
# title: a webhook's secret doesn't stand in the stack
# description: In a synthesized stack, a webhook's secret doesn't stand in the stack
# custom:
#   id: no-plain-webhook-secret
#   level: blocking
#   reason: who reads the stack can sign deliveries
#   remedy: pass it by a variable that is sensitive, and keep the state where only the deployer reads
#   links:
#     - https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
#     - https://developer.hashicorp.com/terraform/language/manage-sensitive-data
#   external:
#     - "CIS GitHub v1.2.0: 5.1.3"
package gatehouse.secrets.no_plain_webhook_secret

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some kind in {"github_organization_webhook", "github_repository_webhook"}
	some name, webhook in configuration.named(kind)
	secret := blocks.one(webhook.configuration).secret
	is_string(secret)
	secret != ""
	not regex.match(`^\$\{[^}]+\}$`, secret)
	finding := {
		"msg": "the secret of this webhook stands in the stack; pass it by a sensitive variable",
		"address": configuration.address(kind, name),
		"path": "configuration.secret",
	}
}
