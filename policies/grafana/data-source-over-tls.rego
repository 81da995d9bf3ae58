# METADATA
# title: metrics are asked for over TLS, by Grafana
# description: In a synthesized stack, metrics are asked for over TLS, by Grafana
# custom:
#   id: data-source-over-tls
#   level: blocking
#   reason: a browser that asks would need the password
#   remedy: use https and the access mode proxy
#   links:
#     - https://grafana.com/docs/grafana/latest/administration/data-source-management/
#   external: []
package gatehouse.grafana.data_source_over_tls

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, source in configuration.named("grafana_data_source")
	startswith(lower(source.url), "http:")
	finding := {
		"msg": "metrics, and the password for them, can be read on their way; use https",
		"address": configuration.address("grafana_data_source", name),
		"path": "url",
	}
}

deny contains finding if {
	some name, source in configuration.named("grafana_data_source")
	source.access_mode == "direct"
	finding := {
		"msg": "browsers ask the data source themselves; let Grafana do it",
		"address": configuration.address("grafana_data_source", name),
		"path": "access_mode",
	}
}
