# METADATA
# title: a bucket has no public address
# description: In a synthesized stack, a bucket has no public address
# custom:
#   id: bucket-private
#   level: blocking
#   reason: a public bucket of backups is the database, for anyone (POS-10)
#   remedy: "keep the bucket's managed domain off, and say so: what isn't said isn't watched"
#   links:
#     - https://developers.cloudflare.com/r2/buckets/public-buckets/
#   external:
#     - "Checkov: CKV2_AWS_6 (for R2)"
package gatehouse.cloudflare.bucket_private

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, _ in configuration.named("cloudflare_r2_bucket")
	not kept(name)
	finding := {
		"msg": "nothing says that this bucket has no public address; turn its managed domain off",
		"address": configuration.address("cloudflare_r2_bucket", name),
		"path": "",
	}
}

kept(bucket) if {
	some held in configuration.named("cloudflare_r2_managed_domain")
	held.bucket_name in configuration.references("cloudflare_r2_bucket", bucket, "name")
	held.enabled == false
}
