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
