# METADATA
# title: an alert has a uid of its own
# description: In a synthesized stack, an alert has a uid of its own
# custom:
#   id: alert-has-uid
#   level: blocking
#   reason: without one a new alert takes over the silences and the history of another
#   remedy: keep `uid`
#   links:
#     - https://grafana.com/docs/grafana/latest/alerting/fundamentals/alert-rules/
#   external: []
package gatehouse.grafana.alert_has_uid

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, group in configuration.named("grafana_rule_group")
	some index, alert in blocks.list(group.rule)
	not alert.record
	object.get(alert, "uid", "") == ""
	finding := {
		"msg": sprintf("the alert %v has no uid; give it one that stays", [object.get(alert, "name", "")]),
		"address": configuration.address("grafana_rule_group", name),
		"path": sprintf("rule[%d].uid", [index]),
	}
}
