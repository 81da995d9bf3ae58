package gatehouse.grafana.contact_point_over_tls_test

import data.gatehouse.grafana.contact_point_over_tls as rule

test_refuses_a_webhook_without_tls if {
	findings := rule.deny with input as {"resource": {"grafana_contact_point": {"on-call": {"name": "on-call", "webhook": [{"url": "http://on-call.example.com"}]}}}}
	{[f.address, f.path] | some f in findings} == {["grafana_contact_point.on-call", "webhook[0].url"]}
}

test_allows_one_with_tls if {
	findings := rule.deny with input as {"resource": {"grafana_contact_point": {"on-call": {"name": "on-call", "webhook": [{"url": "https://on-call.example.com"}]}}}}
	count(findings) == 0
}
