# METADATA
# title: a plan pauses no alert
# description: From before to after, a plan pauses no alert
# custom:
#   id: alert-paused
#   level: blocking
#   reason: a paused alert looks like a quiet service
#   remedy: mute it for its time instead, or leave it on
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external: []
package gatehouse.change.alert_paused

import data.gatehouse.lib.plan

deny contains finding if {
	some change in plan.updated("grafana_rule_group")
	running := {rule.name | some rule in change.before.rule; not rule.is_paused == true}
	some index, rule in change.after.rule
	rule.is_paused == true
	rule.name in running
	finding := {
		"msg": sprintf("the rule %s is paused", [rule.name]),
		"address": change.address,
		"path": sprintf("rule[%d].is_paused", [index]),
		"before": false,
		"after": true,
	}
}
