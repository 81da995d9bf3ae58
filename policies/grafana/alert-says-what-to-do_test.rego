package gatehouse.grafana.alert_says_what_to_do_test

import data.gatehouse.grafana.alert_says_what_to_do as rule

test_refuses_an_alert_without_it if {
	findings := rule.deny with input as {"resource": {"grafana_rule_group": {"alerts": {"rule": [
		{"name": "Up", "record": {"metric": "up"}},
		{"name": "Down", "annotations": {"summary": "The shop is down"}},
	]}}}}
	{[f.address, f.path] | some f in findings} == {["grafana_rule_group.alerts", "rule[1].annotations"]}
}

test_allows_an_alert_with_it if {
	findings := rule.deny with input as {"resource": {"grafana_rule_group": {"alerts": {"rule": [{"name": "Down", "annotations": {"summary": "The shop is down", "description": "Roll back"}}]}}}}
	count(findings) == 0
}
