# METADATA
# title: a plan lets no alert wait longer
# description: From before to after, a plan lets no alert wait longer
# custom:
#   id: alert-delayed
#   level: advisory
#   reason: what is over before anybody hears of it is heard of by customers first
#   remedy: keep how long the alert waits, or say why it may be longer
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external: []
package gatehouse.change.alert_delayed

import data.gatehouse.lib.plan

# Letters stand for how many seconds.
seconds := {"d": 86400, "h": 3600, "m": 60, "s": 1}

deny contains finding if {
	some change in plan.updated("grafana_rule_group")
	some index, after in change.after.rule
	some before in change.before.rule
	before.name == after.name
	longer(object.get(before, "for", "0s"), object.get(after, "for", "0s"))
	finding := {
		"msg": sprintf("the alert %s waits longer", [after.name]),
		"address": change.address,
		"path": sprintf("rule[%d].for", [index]),
		"before": object.get(before, "for", null),
		"after": object.get(after, "for", null),
	}
}

longer(before, after) if length(after) > length(before)

# Of what can't be told, anything else may be longer.
longer(before, after) if {
	before != after
	not known(before, after)
}

known(before, after) if {
	is_number(length(before))
	is_number(length(after))
}

length(duration) := to_number(substring(duration, 0, count(duration) - 1)) * seconds[substring(duration, count(duration) - 1, 1)] if {
	regex.match(`^[0-9]+[dhms]$`, duration)
}
