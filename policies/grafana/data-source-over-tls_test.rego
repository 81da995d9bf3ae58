package gatehouse.grafana.data_source_over_tls_test

import data.gatehouse.grafana.data_source_over_tls as rule

test_refuses_one_without_tls if {
	findings := rule.deny with input as {"resource": {"grafana_data_source": {"m": {"url": "http://prometheus.example.com", "access_mode": "proxy"}}}}
	{[f.address, f.path] | some f in findings} == {["grafana_data_source.m", "url"]}
}

test_refuses_one_that_browsers_ask if {
	findings := rule.deny with input as {"resource": {"grafana_data_source": {"m": {"url": "https://prometheus.example.com", "access_mode": "direct"}}}}
	{[f.address, f.path] | some f in findings} == {["grafana_data_source.m", "access_mode"]}
}

test_allows_one_with_tls_behind_grafana if {
	findings := rule.deny with input as {"resource": {"grafana_data_source": {"m": {"url": "https://prometheus.example.com", "access_mode": "proxy"}}}}
	count(findings) == 0
}
