# METADATA
# title: an alert that can't be asked is not fine
# description: In a synthesized stack, an alert that can't be asked is not fine
# custom:
#   id: silence-is-no-good-news
#   level: blocking
#   reason: a metrics outage would end every alert
#   remedy: use NoData or Alerting, and Error or Alerting
#   links:
#     - https://grafana.com/docs/grafana/latest/alerting/fundamentals/alert-rule-evaluation/stale-alert-instances/
#   external: []
package gatehouse.grafana.silence_is_no_good_news

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, group in configuration.named("grafana_rule_group")
	some index, alert in blocks.list(group.rule)
	not alert.record
	some key in {"exec_err_state", "no_data_state"}
	alert[key] in {"KeepLast", "OK"}
	finding := {
		"msg": sprintf("the alert %v takes an error or silence for good news; let it be told", [object.get(alert, "name", "")]),
		"address": configuration.address("grafana_rule_group", name),
		"path": sprintf("rule[%d].no_data_state", [index]),
	}
}
