# METADATA
# title: the bucket deletes what is past its time
# description: In a synthesized stack, the bucket deletes what is past its time
# custom:
#   id: bucket-retention
#   level: blocking
#   reason: backups that nobody deletes hold what people asked to have deleted (POS-10)
#   remedy: keep lifecycle rules that delete
#   links:
#     - https://developers.cloudflare.com/r2/buckets/object-lifecycles/
#   external:
#     - "Checkov: CKV2_AWS_61 (for R2)"
package gatehouse.cloudflare.bucket_retention

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, _ in configuration.named("cloudflare_r2_bucket")
	not kept(name)
	finding := {
		"msg": "nothing in this bucket is ever deleted; add a lifecycle rule that does",
		"address": configuration.address("cloudflare_r2_bucket", name),
		"path": "",
	}
}

kept(bucket) if {
	some held in configuration.named("cloudflare_r2_bucket_lifecycle")
	held.bucket_name in configuration.references("cloudflare_r2_bucket", bucket, "name")
	some rule in held.rules
	rule.enabled == true
	rule.delete_objects_transition.condition.max_age > 0
}
