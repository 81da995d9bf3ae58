# METADATA
# title: what no route takes reaches somebody
# description: In a synthesized stack, what no route takes reaches somebody
# custom:
#   id: alerts-have-a-receiver
#   level: blocking
#   reason: Grafana's first contact point is an address that nobody reads
#   remedy: lead the tree to a contact point of the organization
#   links:
#     - https://grafana.com/docs/grafana/latest/alerting/fundamentals/notifications/notification-policies/
#   external: []
package gatehouse.grafana.alerts_have_a_receiver

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, tree in configuration.named("grafana_notification_policy")
	object.get(tree, "contact_point", "") in {"", "grafana-default-email", "empty"}
	finding := {
		"msg": "what no route takes reaches nobody; name a contact point",
		"address": configuration.address("grafana_notification_policy", name),
		"path": "contact_point",
	}
}
