# METADATA
# title: a plan destroys and replaces nothing that holds data
# description: From before to after, a plan destroys and replaces nothing that holds data
# custom:
#   id: stateful-destroyed
#   level: blocking
#   reason: what it held is gone when the plan is applied, and a new one is empty
#   remedy: take the resource out of the state instead, move it, or back it up and have the change waived by somebody else
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "CIS GitHub v1.2.0: 1.2.3"
package gatehouse.change.stateful_destroyed

import data.gatehouse.lib.blocks
import data.gatehouse.lib.plan

kinds := {
	"cloudflare_d1_database",
	"cloudflare_r2_bucket",
	"cloudflare_workers_kv_namespace",
	"github_repository",
	"grafana_data_source",
	"grafana_folder",
	"kubernetes_namespace_v1",
	"kubernetes_persistent_volume_claim_v1",
	"kubernetes_persistent_volume_v1",
}

deny contains finding if {
	some kind in kinds
	some change in plan.destroyed(kind)
	finding := {
		"msg": "what this holds is destroyed",
		"address": change.address,
		"path": "",
		"before": label(change.before),
		"after": null,
	}
}

label(resource) := resource.name if {
	is_string(resource.name)
} else := resource.title if {
	is_string(resource.title)
} else := name if {
	name := blocks.one(resource.metadata).name
} else := null
