package gatehouse.lib.routing

import data.gatehouse.lib.blocks

# Every way of a notification tree, two levels deep: which alerts take it, to whom it leads, and when it is silent.
ways(tree) := {[[matchers(outer), matchers(inner)], receiver, muted] |
	some outer in blocks.list(object.get(tree, "policy", []))
	some inner in array.concat([{}], blocks.list(object.get(outer, "policy", [])))
	receiver := object.get(inner, "contact_point", object.get(outer, "contact_point", null))
	muted := {timing | some timing in array.concat(timings(outer), timings(inner))}
}

alerts(tree) := {way[0] | some way in ways(tree)}

# Alerts, as people write them: `team=shop, severity=page`.
text(alert) := concat(", ", [part | some part in alert; part != ""])

matchers(policy) := concat(", ", sort([concat("", [one.label, one.match, one.value]) |
	some one in blocks.list(object.get(policy, "matcher", []))
]))

timings(policy) := list if {
	list := object.get(policy, "mute_timings", [])
	is_array(list)
} else := []
