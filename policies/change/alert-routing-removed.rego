# METADATA
# title: a plan removes no way by which an alert reaches somebody
# description: From before to after, a plan removes no way by which an alert reaches somebody
# custom:
#   id: alert-routing-removed
#   level: blocking
#   reason: an alert that fires into nothing is no alert
#   remedy: keep the contact point, or lead its alerts elsewhere first
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external: []
package gatehouse.change.alert_routing_removed

import data.gatehouse.lib.plan
import data.gatehouse.lib.routing

kinds := {"grafana_contact_point", "grafana_notification_policy"}

deny contains finding if {
	some kind in kinds
	some change in plan.removed(kind)
	finding := {
		"msg": "alerts no longer go this way",
		"address": change.address,
		"path": "",
		"before": object.get(change.before, "name", object.get(change.before, "contact_point", null)),
		"after": null,
	}
}

deny contains finding if {
	some change in plan.updated("grafana_notification_policy")
	some gone in (routing.alerts(change.before) - routing.alerts(change.after))
	finding := {
		"msg": sprintf("alerts with %s have no way of their own any more", [routing.text(gone)]),
		"address": change.address,
		"path": "policy",
		"before": routing.text(gone),
		"after": null,
	}
}
