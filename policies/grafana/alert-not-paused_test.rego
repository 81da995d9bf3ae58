package gatehouse.grafana.alert_not_paused_test

import data.gatehouse.grafana.alert_not_paused as rule

test_refuses_an_alert_without_it if {
	findings := rule.deny with input as {"resource": {"grafana_rule_group": {"alerts": {"rule": [{"name": "Up", "record": {"metric": "up"}}, {"name": "Down", "is_paused": true}]}}}}
	{[f.address, f.path] | some f in findings} == {["grafana_rule_group.alerts", "rule[1].is_paused"]}
}

test_allows_an_alert_with_it if {
	findings := rule.deny with input as {"resource": {"grafana_rule_group": {"alerts": {"rule": [{"name": "Down", "is_paused": false}]}}}}
	count(findings) == 0
}
