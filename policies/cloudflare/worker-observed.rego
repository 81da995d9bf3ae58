# METADATA
# title: a Worker keeps its logs
# description: In a synthesized stack, a Worker keeps its logs
# custom:
#   id: worker-observed
#   level: advisory
#   reason: an incident without logs is told by customers
#   remedy: keep `observability` on
#   links:
#     - https://developers.cloudflare.com/workers/observability/logs/workers-logs/
#   external: []
package gatehouse.cloudflare.worker_observed

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, worker in configuration.named("cloudflare_worker")
	not observed(worker)
	finding := {
		"msg": "the Worker keeps no logs; turn observability on",
		"address": configuration.address("cloudflare_worker", name),
		"path": "observability.enabled",
	}
}

observed(worker) if {
	observability := blocks.one(worker.observability)
	observability.enabled == true
	blocks.one(object.get(observability, "logs", {"enabled": true})).enabled == true
}
