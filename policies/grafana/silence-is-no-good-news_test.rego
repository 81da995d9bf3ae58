package gatehouse.grafana.silence_is_no_good_news_test

import data.gatehouse.grafana.silence_is_no_good_news as rule

test_refuses_an_alert_without_it if {
	findings := rule.deny with input as {"resource": {"grafana_rule_group": {"alerts": {"rule": [
		{"name": "Up", "record": {"metric": "up"}},
		{"name": "Down", "no_data_state": "OK", "exec_err_state": "Error"},
	]}}}}
	{[f.address, f.path] | some f in findings} == {["grafana_rule_group.alerts", "rule[1].no_data_state"]}
}

test_allows_an_alert_with_it if {
	findings := rule.deny with input as {"resource": {"grafana_rule_group": {"alerts": {"rule": [{"name": "Down", "no_data_state": "NoData", "exec_err_state": "Error"}]}}}}
	count(findings) == 0
}
