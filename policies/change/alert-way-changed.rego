# METADATA
# title: a plan leads alerts to nobody else
# description: From before to after, a plan leads alerts to nobody else
# custom:
#   id: alert-way-changed
#   level: advisory
#   reason: who no longer hears of it doesn't know that they don't
#   remedy: keep the contact point, or tell both
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external: []
package gatehouse.change.alert_way_changed

import data.gatehouse.lib.plan
import data.gatehouse.lib.routing

deny contains finding if {
	some change in plan.updated("grafana_notification_policy")
	after := routing.ways(change.after)
	some way in routing.ways(change.before)
	way[1] != null
	receivers := {other[1] | some other in after; other[0] == way[0]}
	count(receivers) > 0
	not way[1] in receivers
	finding := {
		"msg": sprintf("alerts with %s go to somebody else", [routing.text(way[0])]),
		"address": change.address,
		"path": "policy",
		"before": way[1],
		"after": sort(receivers)[0],
	}
}
