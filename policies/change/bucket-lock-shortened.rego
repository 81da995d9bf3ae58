# METADATA
# title: a plan shortens no lock of a bucket
# description: From before to after, a plan shortens no lock of a bucket
# custom:
#   id: bucket-lock-shortened
#   level: blocking
#   reason: the lock is all that keeps a backup from whoever holds the token (POS-10)
#   remedy: keep the days of `backup`; a lock may only grow
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "Checkov: CKV_AWS_143 (for R2)"
package gatehouse.change.bucket_lock_shortened

import data.gatehouse.lib.plan

deny contains finding if {
	some change in plan.updated("cloudflare_r2_bucket_lock")
	some prefix, before in locks(change.before)
	after := object.get(locks(change.after), prefix, 0)
	after < before
	finding := {
		"msg": sprintf("objects under \"%s\" are locked for %s seconds instead of %s", [prefix, format_int(after, 10), format_int(before, 10)]),
		"address": change.address,
		"path": "rules",
		"before": before,
		"after": after,
	}
}

deny contains finding if {
	some change in plan.removed("cloudflare_r2_bucket_lock")
	finding := {
		"msg": "the lock of the bucket is destroyed",
		"address": change.address,
		"path": "",
		"before": object.get(change.before, "bucket_name", null),
		"after": null,
	}
}

# Seconds by prefix; of two rules with one prefix the longer counts.
locks(lock) := {prefix: seconds |
	some named in lock.rules
	prefix := object.get(named, "prefix", "")
	seconds := max([rule.condition.max_age_seconds |
		some rule in lock.rules
		object.get(rule, "prefix", "") == prefix
		rule.enabled == true
	])
}
