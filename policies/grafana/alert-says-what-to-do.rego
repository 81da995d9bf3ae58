# METADATA
# title: an alert says what is wrong and what to do
# description: In a synthesized stack, an alert says what is wrong and what to do
# custom:
#   id: alert-says-what-to-do
#   level: blocking
#   reason: a name alone is read differently by everyone (REL-5)
#   remedy: keep `summary` and `description`
#   links:
#     - https://grafana.com/docs/grafana/latest/alerting/fundamentals/alert-rules/
#   external: []
package gatehouse.grafana.alert_says_what_to_do

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, group in configuration.named("grafana_rule_group")
	some index, alert in blocks.list(group.rule)
	not alert.record
	some key in {"description", "summary"}
	object.get(alert, ["annotations", key], "") == ""
	finding := {
		"msg": sprintf("the alert %v lacks a summary or a description; write both", [object.get(alert, "name", "")]),
		"address": configuration.address("grafana_rule_group", name),
		"path": sprintf("rule[%d].annotations", [index]),
	}
}
