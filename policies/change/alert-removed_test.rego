package gatehouse.change.alert_removed_test

import data.gatehouse.change.alert_removed as rule

test_refuses_one_of_two if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "grafana_rule_group.it",
		"type": "grafana_rule_group",
		"change": {
			"actions": ["update"],
			"before": {"rule": [{"name": "Down"}, {"name": "Slow"}]},
			"after": {"rule": [{"name": "Slow"}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["grafana_rule_group.it", "rule", "Down", null]}
}

test_refuses_a_group_that_goes if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "grafana_rule_group.it",
		"type": "grafana_rule_group",
		"change": {"actions": ["delete"], "before": {"rule": [{"name": "Down"}]}, "after": null},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["grafana_rule_group.it", "rule", "Down", null]}
}

test_allows_one_more if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "grafana_rule_group.it",
		"type": "grafana_rule_group",
		"change": {
			"actions": ["update"],
			"before": {"rule": [{"name": "Down"}]},
			"after": {"rule": [{"name": "Slow"}, {"name": "Down"}]},
		},
	}]}
	count(findings) == 0
}
