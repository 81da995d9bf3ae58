# METADATA
# title: a plan makes no way of alerts silent
# description: From before to after, a plan makes no way of alerts silent
# custom:
#   id: alert-muted
#   level: advisory
#   reason: an alert that is sent at no time is sent to nobody
#   remedy: keep its hours, or mute one alert by a silence that ends
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external: []
package gatehouse.change.alert_muted

import data.gatehouse.lib.plan
import data.gatehouse.lib.routing

deny contains finding if {
	some change in plan.updated("grafana_notification_policy")
	before := routing.ways(change.before)
	some way in routing.ways(change.after)
	muted := {timing | some other in before; other[0] == way[0]; some timing in other[2]}
	some timing in (way[2] - muted)
	way[0] in routing.alerts(change.before)
	finding := {
		"msg": sprintf("alerts with %s are silent at more times", [routing.text(way[0])]),
		"address": change.address,
		"path": "policy",
		"before": null,
		"after": timing,
	}
}
