# METADATA
# title: what is in a bucket can't be deleted before its time
# description: In a synthesized stack, what is in a bucket can't be deleted before its time
# custom:
#   id: bucket-locked
#   level: blocking
#   reason: who holds the token, or a script of ours, could delete every backup (POS-10)
#   remedy: keep a lock with an enabled rule
#   links:
#     - https://developers.cloudflare.com/r2/buckets/bucket-locks/
#   external:
#     - "Checkov: CKV_AWS_143 (for R2)"
package gatehouse.cloudflare.bucket_locked

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, _ in configuration.named("cloudflare_r2_bucket")
	not kept(name)
	finding := {
		"msg": "no lock keeps what is in this bucket; add an enabled rule",
		"address": configuration.address("cloudflare_r2_bucket", name),
		"path": "",
	}
}

kept(bucket) if {
	some held in configuration.named("cloudflare_r2_bucket_lock")
	held.bucket_name in configuration.references("cloudflare_r2_bucket", bucket, "name")
	some rule in held.rules
	rule.enabled == true
}
