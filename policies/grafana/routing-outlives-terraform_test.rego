package gatehouse.grafana.routing_outlives_terraform_test

import data.gatehouse.grafana.routing_outlives_terraform as rule

test_refuses_what_can_be_destroyed if {
	findings := rule.deny with input as {"resource": {
		"grafana_data_source": {"d": {}},
		"grafana_notification_policy": {"n": {"lifecycle": {"prevent_destroy": false}}},
		"grafana_folder": {"f": {}},
	}}
	{[f.address, f.path] | some f in findings} == {
		["grafana_data_source.d", "lifecycle.prevent_destroy"],
		["grafana_notification_policy.n", "lifecycle.prevent_destroy"],
		["grafana_folder.f", "prevent_destroy_if_not_empty"],
	}
}

test_allows_what_can_not if {
	findings := rule.deny with input as {"resource": {
		"grafana_data_source": {"d": {"lifecycle": {"prevent_destroy": true}}},
		"grafana_folder": {"f": {"prevent_destroy_if_not_empty": true}},
	}}
	count(findings) == 0
}
