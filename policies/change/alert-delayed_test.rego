package gatehouse.change.alert_delayed_test

import data.gatehouse.change.alert_delayed as rule

changed(before, after) := {"resource_changes": [{
	"address": "grafana_rule_group.it",
	"type": "grafana_rule_group",
	"change": {"actions": ["update"], "before": {"rule": [before]}, "after": {"rule": [after]}},
}]}

test_refuses_one_that_waits_longer if {
	findings := rule.deny with input as changed({"name": "Down", "for": "10m"}, {"name": "Down", "for": "1h"})
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["grafana_rule_group.it", "rule[0].for", "10m", "1h"]}
}

test_refuses_one_that_begins_to_wait if {
	findings := rule.deny with input as changed({"name": "Down"}, {"name": "Down", "for": "1d"})
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["grafana_rule_group.it", "rule[0].for", null, "1d"]}
}

test_refuses_what_can_not_be_told if {
	findings := rule.deny with input as changed({"name": "Down", "for": "1h"}, {"name": "Down", "for": "1h30m"})
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["grafana_rule_group.it", "rule[0].for", "1h", "1h30m"]}
}

test_allows_one_that_waits_less if {
	findings := rule.deny with input as changed({"name": "Down", "for": "1h"}, {"name": "Down", "for": "300s"})
	count(findings) == 0
}

test_allows_another_alert if {
	findings := rule.deny with input as changed({"name": "Down", "for": "1m"}, {"name": "Slow", "for": "1h"})
	count(findings) == 0
}
