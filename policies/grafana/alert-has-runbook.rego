# METADATA
# title: an alert links its runbook
# description: In a synthesized stack, an alert links its runbook
# custom:
#   id: alert-has-runbook
#   level: blocking
#   reason: who is woken at night must not have to look for what to do (REL-5)
#   remedy: keep `runbook_url`
#   links:
#     - https://grafana.com/docs/grafana/latest/alerting/fundamentals/alert-rules/
#   external: []
package gatehouse.grafana.alert_has_runbook

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, group in configuration.named("grafana_rule_group")
	some index, alert in blocks.list(group.rule)
	not alert.record
	not has_runbook(alert)
	finding := {
		"msg": sprintf("the alert %v links no runbook; give it an https address", [object.get(alert, "name", "")]),
		"address": configuration.address("grafana_rule_group", name),
		"path": sprintf("rule[%d].annotations.runbook_url", [index]),
	}
}

has_runbook(alert) if startswith(alert.annotations.runbook_url, "https://")
