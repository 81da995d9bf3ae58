package gatehouse.change.alert_paused_test

import data.gatehouse.change.alert_paused as rule

test_refuses_an_alert_that_ran if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "grafana_rule_group.it",
		"type": "grafana_rule_group",
		"change": {
			"actions": ["update"],
			"before": {"rule": [{"name": "Down", "is_paused": false}]},
			"after": {"rule": [{"name": "Down", "is_paused": true}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["grafana_rule_group.it", "rule[0].is_paused", false, true]}
}

test_allows_an_alert_that_runs_again if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "grafana_rule_group.it",
		"type": "grafana_rule_group",
		"change": {
			"actions": ["update"],
			"before": {"rule": [{"name": "Down", "is_paused": true}]},
			"after": {"rule": [{"name": "Down", "is_paused": false}]},
		},
	}]}
	count(findings) == 0
}
