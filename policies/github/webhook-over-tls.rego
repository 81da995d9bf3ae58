# METADATA
# title: a webhook goes over TLS that is checked
# description: In a synthesized stack, a webhook goes over TLS that is checked
# custom:
#   id: webhook-over-tls
#   level: blocking
#   reason: a delivery carries what the repository knows, to whoever answers
#   remedy: use https, and leave `insecure_ssl` off
#   links:
#     - https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks
#   external:
#     - "CIS GitHub v1.2.0: 1.4.4"
#     - "Checkov: CKV_GIT_2"
#     - "Checkov: CKV_GITHUB_6"
#     - "Checkov: CKV_GITHUB_7"
package gatehouse.github.webhook_over_tls

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

kinds := {"github_repository_webhook", "github_organization_webhook"}

deny contains finding if {
	some kind in kinds
	some name, webhook in configuration.named(kind)
	endpoint := blocks.one(webhook.configuration)
	some path in weak(endpoint)
	finding := {
		"msg": "deliveries of this webhook can be read on the way; use https with a certificate that is checked",
		"address": configuration.address(kind, name),
		"path": concat(".", ["configuration", path]),
	}
}

weak(endpoint) := {path |
	some path, is_weak in {
		"insecure_ssl": endpoint.insecure_ssl == true,
		"url": startswith(lower(endpoint.url), "http:"),
	}
	is_weak
}
