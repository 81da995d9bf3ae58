# METADATA
# title: an alert belongs to a team
# description: In a synthesized stack, an alert belongs to a team
# custom:
#   id: alert-has-team
#   level: blocking
#   reason: whose alert it is decides who is told
#   remedy: keep the label `team`
#   links:
#     - https://grafana.com/docs/grafana/latest/alerting/fundamentals/alert-rules/
#   external: []
package gatehouse.grafana.alert_has_team

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, group in configuration.named("grafana_rule_group")
	some index, alert in blocks.list(group.rule)
	not alert.record
	object.get(alert, ["labels", "team"], "") == ""
	finding := {
		"msg": sprintf("the alert %v belongs to no team; label it with one", [object.get(alert, "name", "")]),
		"address": configuration.address("grafana_rule_group", name),
		"path": sprintf("rule[%d].labels.team", [index]),
	}
}
