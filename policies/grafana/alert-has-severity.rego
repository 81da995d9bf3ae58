# METADATA
# title: an alert has one of four severities
# description: In a synthesized stack, an alert has one of four severities
# custom:
#   id: alert-has-severity
#   level: blocking
#   reason: the tree of notifications leads nowhere what it doesn't know (REL-5)
#   remedy: use info, warning, critical or page
#   links:
#     - https://grafana.com/docs/grafana/latest/alerting/fundamentals/alert-rules/
#   external: []
package gatehouse.grafana.alert_has_severity

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, group in configuration.named("grafana_rule_group")
	some index, alert in blocks.list(group.rule)
	not alert.record
	not object.get(alert, ["labels", "severity"], "") in {"critical", "info", "page", "warning"}
	finding := {
		"msg": sprintf("the alert %v has none of the severities info, warning, critical and page; give it one", [object.get(alert, "name", "")]),
		"address": configuration.address("grafana_rule_group", name),
		"path": sprintf("rule[%d].labels.severity", [index]),
	}
}
