package gatehouse.grafana.alert_has_runbook_test

import data.gatehouse.grafana.alert_has_runbook as rule

test_refuses_an_alert_without_it if {
	findings := rule.deny with input as {"resource": {"grafana_rule_group": {"alerts": {"rule": [{"name": "Up", "record": {"metric": "up"}}, {"name": "Down", "annotations": {"runbook_url": "down.md"}}]}}}}
	{[f.address, f.path] | some f in findings} == {["grafana_rule_group.alerts", "rule[1].annotations.runbook_url"]}
}

test_allows_an_alert_with_it if {
	findings := rule.deny with input as {"resource": {"grafana_rule_group": {"alerts": {"rule": [{"name": "Down", "annotations": {"runbook_url": "https://example.com/down.md"}}]}}}}
	count(findings) == 0
}
