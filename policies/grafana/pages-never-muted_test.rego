package gatehouse.grafana.pages_never_muted_test

import data.gatehouse.grafana.pages_never_muted as rule

test_refuses_pages_that_wait if {
	findings := rule.deny with input as {"resource": {"grafana_notification_policy": {"tree": {
		"contact_point": "mail",
		"policy": [{
			"matcher": [{"label": "team", "match": "=", "value": "shop"}],
			"policy": [{"matcher": [{"label": "severity", "match": "=", "value": "page"}], "mute_timings": ["nights"]}],
		}],
	}}}}
	{[f.address, f.path] | some f in findings} == {["grafana_notification_policy.tree", "policy[0].policy[0].mute_timings"]}
}

test_allows_warnings_that_wait if {
	findings := rule.deny with input as {"resource": {"grafana_notification_policy": {"tree": {
		"contact_point": "mail",
		"policy": [{
			"matcher": [{"label": "team", "match": "=", "value": "shop"}],
			"policy": [{"matcher": [{"label": "severity", "match": "=", "value": "warning"}], "mute_timings": ["nights"]}],
		}],
	}}}}
	count(findings) == 0
}

test_allows_pages_that_do_not if {
	findings := rule.deny with input as {"resource": {"grafana_notification_policy": {"tree": {
		"contact_point": "mail",
		"policy": [{
			"matcher": [{"label": "team", "match": "=", "value": "shop"}],
			"policy": [{"matcher": [{"label": "severity", "match": "=", "value": "page"}]}],
		}],
	}}}}
	count(findings) == 0
}
