# METADATA
# title: a plan deletes no alert
# description: From before to after, a plan deletes no alert
# custom:
#   id: alert-removed
#   level: blocking
#   reason: what nobody is told of is found by customers
#   remedy: keep the alert, or have its end waived by who is on call
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external: []
package gatehouse.change.alert_removed

import data.gatehouse.lib.plan

deny contains finding if {
	some change in plan.updated("grafana_rule_group")
	after := {rule.name | some rule in change.after.rule}
	some gone in ({rule.name | some rule in change.before.rule} - after)
	finding := {
		"msg": sprintf("the rule %s is deleted", [gone]),
		"address": change.address,
		"path": "rule",
		"before": gone,
		"after": null,
	}
}

deny contains finding if {
	some change in plan.removed("grafana_rule_group")
	some rule in change.before.rule
	finding := {
		"msg": sprintf("the rule %s is deleted with its group", [rule.name]),
		"address": change.address,
		"path": "rule",
		"before": rule.name,
		"after": null,
	}
}
