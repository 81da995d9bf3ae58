package gatehouse.secrets.no_secret_in_contact_point_test

import data.gatehouse.secrets.no_secret_in_contact_point as rule

test_refuses_a_key_of_pages if {
	findings := rule.deny with input as {"resource": {"grafana_contact_point": {"p": {"pagerduty": [{"integration_key": "written here"}]}}}}
	{[f.address, f.path] | some f in findings} == {["grafana_contact_point.p", "pagerduty[0].integration_key"]}
}

test_refuses_a_password_of_metrics if {
	findings := rule.deny with input as {"resource": {"grafana_data_source": {"m": {"secure_json_data_encoded": "{\"basicAuthPassword\":\"written here\"}"}}}}
	{[f.address, f.path] | some f in findings} == {["grafana_data_source.m", "secure_json_data_encoded"]}
}

test_allows_mail if {
	findings := rule.deny with input as {"resource": {"grafana_contact_point": {"p": {"email": [{"addresses": ["a@example.com"]}]}}}}
	count(findings) == 0
}
