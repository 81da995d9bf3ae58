# METADATA
# title: a bucket is served by no domain of one's own
# description: In a synthesized stack, a bucket is served by no domain of one's own
# custom:
#   id: bucket-no-custom-domain
#   level: blocking
#   reason: a domain makes a bucket public like its managed address does
#   remedy: serve files by a Worker that says who may read them
#   links:
#     - https://developers.cloudflare.com/r2/buckets/public-buckets/
#   external:
#     - "Checkov: CKV2_AWS_6 (for R2)"
package gatehouse.cloudflare.bucket_no_custom_domain

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, domain in configuration.named("cloudflare_r2_custom_domain")
	object.get(domain, "enabled", true) != false
	finding := {
		"msg": "the bucket is served to everyone by this domain; serve it by a Worker",
		"address": configuration.address("cloudflare_r2_custom_domain", name),
		"path": "enabled",
	}
}
