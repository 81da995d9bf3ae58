package gatehouse.change.alert_way_changed_test

import data.gatehouse.change.alert_way_changed as rule

changed(before, after) := {"resource_changes": [{
	"address": "grafana_notification_policy.it",
	"type": "grafana_notification_policy",
	"change": {"actions": ["update"], "before": {"policy": [before]}, "after": {"policy": [after]}},
}]}

team(inner) := {"matcher": [{"label": "team", "match": "=", "value": "shop"}], "policy": [inner]}

page(to) := {"matcher": [{"label": "severity", "match": "=", "value": "page"}], "contact_point": to}

test_refuses_another_receiver if {
	findings := rule.deny with input as changed(team(page("pager")), team(page("mail")))
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["grafana_notification_policy.it", "policy", "pager", "mail"]}
}

test_names_the_alerts if {
	findings := rule.deny with input as changed(team(page("pager")), team(page("mail")))
	{f.msg | some f in findings} == {"alerts with team=shop, severity=page go to somebody else"}
}

test_allows_the_same if {
	findings := rule.deny with input as changed(team(page("pager")), team(object.union(page("pager"), {"group_wait": "1m"})))
	count(findings) == 0
}
