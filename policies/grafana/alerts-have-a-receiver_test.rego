package gatehouse.grafana.alerts_have_a_receiver_test

import data.gatehouse.grafana.alerts_have_a_receiver as rule

test_refuses_the_first_contact_point if {
	findings := rule.deny with input as {"resource": {"grafana_notification_policy": {"tree": {"contact_point": "grafana-default-email", "policy": []}}}}
	{[f.address, f.path] | some f in findings} == {["grafana_notification_policy.tree", "contact_point"]}
}

test_allows_one_of_the_organization if {
	findings := rule.deny with input as {"resource": {"grafana_notification_policy": {"tree": {"contact_point": "mail", "policy": []}}}}
	count(findings) == 0
}
