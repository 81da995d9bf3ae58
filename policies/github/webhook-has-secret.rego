# METADATA
# title: a webhook signs what it delivers
# description: In a synthesized stack, a webhook signs what it delivers
# custom:
#   id: webhook-has-secret
#   level: blocking
#   reason: whoever knows the address can send it what looks like a delivery
#   remedy: make a random secret, give it to `configuration.secret` by a variable that is sensitive, and compare the signature where it arrives
#   links:
#     - https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
#   external:
#     - "OpenSSF Scorecard: Webhooks"
package gatehouse.github.webhook_has_secret

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some kind in {"github_organization_webhook", "github_repository_webhook"}
	some name, webhook in configuration.named(kind)
	not has_secret(webhook)
	finding := {
		"msg": "nobody can tell a delivery of this webhook from a forged one; give it a secret",
		"address": configuration.address(kind, name),
		"path": "configuration.secret",
	}
}

# What it is is not looked at, but for whether it is there.
has_secret(webhook) if {
	secret := blocks.one(webhook.configuration).secret
	not secret in {"", null}
}
