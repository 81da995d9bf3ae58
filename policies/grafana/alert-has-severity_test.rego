package gatehouse.grafana.alert_has_severity_test

import data.gatehouse.grafana.alert_has_severity as rule

test_refuses_an_alert_without_it if {
	findings := rule.deny with input as {"resource": {"grafana_rule_group": {"alerts": {"rule": [{"name": "Up", "record": {"metric": "up"}}, {"name": "Down", "labels": {"severity": "high"}}]}}}}
	{[f.address, f.path] | some f in findings} == {["grafana_rule_group.alerts", "rule[1].labels.severity"]}
}

test_allows_an_alert_with_it if {
	findings := rule.deny with input as {"resource": {"grafana_rule_group": {"alerts": {"rule": [{"name": "Down", "labels": {"severity": "page"}}]}}}}
	count(findings) == 0
}
