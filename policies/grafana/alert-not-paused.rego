# METADATA
# title: no alert is paused
# description: In a synthesized stack, no alert is paused
# custom:
#   id: alert-not-paused
#   level: blocking
#   reason: a paused alert looks like a quiet service
#   remedy: take `is_paused` out, or mute it for its time
#   links:
#     - https://grafana.com/docs/grafana/latest/alerting/fundamentals/alert-rules/
#   external: []
package gatehouse.grafana.alert_not_paused

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, group in configuration.named("grafana_rule_group")
	some index, alert in blocks.list(group.rule)
	not alert.record
	alert.is_paused == true
	finding := {
		"msg": sprintf("the alert %v is paused; let it run", [object.get(alert, "name", "")]),
		"address": configuration.address("grafana_rule_group", name),
		"path": sprintf("rule[%d].is_paused", [index]),
	}
}
