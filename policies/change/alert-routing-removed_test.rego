package gatehouse.change.alert_routing_removed_test

import data.gatehouse.change.alert_routing_removed as rule

test_refuses_a_contact_point_that_goes if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "grafana_contact_point.it",
		"type": "grafana_contact_point",
		"change": {"actions": ["delete"], "before": {"name": "mail"}, "after": null},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["grafana_contact_point.it", "", "mail", null]}
}

test_refuses_the_tree_going if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "grafana_notification_policy.it",
		"type": "grafana_notification_policy",
		"change": {"actions": ["delete"], "before": {"contact_point": "mail"}, "after": null},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["grafana_notification_policy.it", "", "mail", null]}
}

test_allows_a_new_contact_point if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "grafana_contact_point.it",
		"type": "grafana_contact_point",
		"change": {"actions": ["create"], "before": null, "after": {"name": "mail"}},
	}]}
	count(findings) == 0
}

test_refuses_a_way_going if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "grafana_notification_policy.it",
		"type": "grafana_notification_policy",
		"change": {
			"actions": ["update"],
			"before": {"policy": [{"matcher": [{"label": "team", "match": "=", "value": "shop"}], "contact_point": "mail"}]},
			"after": {"policy": []},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["grafana_notification_policy.it", "policy", "team=shop", null]}
}
