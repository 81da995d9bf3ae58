# METADATA
# title: a plan makes no bucket public
# description: From before to after, a plan makes no bucket public
# custom:
#   id: bucket-published
#   level: blocking
#   reason: a public bucket of backups is the database, for anyone
#   remedy: keep the public address off
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "Checkov: CKV2_AWS_6 (for R2)"
package gatehouse.change.bucket_published

import data.gatehouse.lib.plan

deny contains finding if {
	some change in plan.updated("cloudflare_r2_managed_domain")
	change.before.enabled != true
	change.after.enabled == true
	finding := {
		"msg": "the bucket gets a public address",
		"address": change.address,
		"path": "enabled",
		"before": change.before.enabled,
		"after": change.after.enabled,
	}
}
