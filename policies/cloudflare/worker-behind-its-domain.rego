# METADATA
# title: a Worker is reached by its domain only
# description: In a synthesized stack, a Worker is reached by its domain only
# custom:
#   id: worker-behind-its-domain
#   level: blocking
#   reason: workers.dev and previews pass by the zone's rules, limits and certificates
#   remedy: keep both addresses of `subdomain` off
#   links:
#     - https://developers.cloudflare.com/workers/configuration/routing/workers-dev/
#   external: []
package gatehouse.cloudflare.worker_behind_its_domain

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, worker in configuration.named("cloudflare_worker")
	some key in {"enabled", "previews_enabled"}
	not is_off(worker, key)
	finding := {
		"msg": sprintf("the Worker has an address at workers.dev (%s); turn it off", [key]),
		"address": configuration.address("cloudflare_worker", name),
		"path": concat(".", ["subdomain", key]),
	}
}

is_off(worker, key) if blocks.one(worker.subdomain)[key] == false
