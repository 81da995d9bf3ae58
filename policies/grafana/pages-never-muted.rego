# METADATA
# title: a page is never muted
# description: In a synthesized stack, a page is never muted
# custom:
#   id: pages-never-muted
#   level: blocking
#   reason: what wakes people is what must not wait until morning
#   remedy: take `mute_timings` off the route of pages
#   links:
#     - https://grafana.com/docs/grafana/latest/alerting/configure-notifications/mute-timings/
#   external: []
package gatehouse.grafana.pages_never_muted

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration
import data.gatehouse.lib.paths

deny contains finding if {
	some name, tree in configuration.named("grafana_notification_policy")
	walk(tree, [at, route])
	some matcher in blocks.list(route.matcher)
	matcher.label == "severity"
	matcher.match == "="
	matcher.value == "page"
	count(route.mute_timings) > 0
	finding := {
		"msg": "pages are muted at times; let them through",
		"address": configuration.address("grafana_notification_policy", name),
		"path": paths.text(array.concat(at, ["mute_timings"])),
	}
}
