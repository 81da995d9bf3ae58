# METADATA
# title: what holds data is not destroyed with its stack
# description: In a synthesized stack, what holds data is not destroyed with its stack
# custom:
#   id: data-outlives-terraform
#   level: blocking
#   reason: a new name or place replaces a database by an empty one
#   remedy: keep `lifecycle.prevent_destroy`
#   links:
#     - https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
#   external: []
package gatehouse.cloudflare.data_outlives_terraform

import data.gatehouse.lib.configuration

kinds := {"cloudflare_d1_database", "cloudflare_r2_bucket", "cloudflare_workers_kv_namespace"}

deny contains finding if {
	some kind in kinds
	some name, store in configuration.named(kind)
	not configuration.outlives_terraform(store)
	finding := {
		"msg": "Terraform may destroy this with what it holds; prevent it",
		"address": configuration.address(kind, name),
		"path": "lifecycle.prevent_destroy",
	}
}
