# METADATA
# title: alerts go over TLS
# description: In a synthesized stack, alerts go over TLS
# custom:
#   id: contact-point-over-tls
#   level: blocking
#   reason: an alert tells what is down, and where
#   remedy: use https
#   links:
#     - https://grafana.com/docs/grafana/latest/alerting/fundamentals/notifications/contact-points/
#   external: []
package gatehouse.grafana.contact_point_over_tls

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, point in configuration.named("grafana_contact_point")
	some kind, entries in point
	some index, entry in blocks.list(entries)
	startswith(lower(entry.url), "http:")
	finding := {
		"msg": "alerts can be read on their way; use https",
		"address": configuration.address("grafana_contact_point", name),
		"path": sprintf("%s[%d].url", [kind, index]),
	}
}
