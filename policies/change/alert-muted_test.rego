package gatehouse.change.alert_muted_test

import data.gatehouse.change.alert_muted as rule

changed(before, after) := {"resource_changes": [{
	"address": "grafana_notification_policy.it",
	"type": "grafana_notification_policy",
	"change": {"actions": ["update"], "before": {"policy": before}, "after": {"policy": after}},
}]}

team := {"matcher": [{"label": "team", "match": "=", "value": "shop"}], "contact_point": "mail"}

test_refuses_more_silence if {
	findings := rule.deny with input as changed([team], [object.union(team, {"mute_timings": ["nights"]})])
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["grafana_notification_policy.it", "policy", null, "nights"]}
}

test_allows_less if {
	findings := rule.deny with input as changed([object.union(team, {"mute_timings": ["nights"]})], [object.union(team, {"mute_timings": null})])
	count(findings) == 0
}

test_allows_a_new_way if {
	findings := rule.deny with input as changed([], [object.union(team, {"mute_timings": ["nights"]})])
	count(findings) == 0
}
