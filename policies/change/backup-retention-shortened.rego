# METADATA
# title: a plan keeps no backup for a shorter time
# description: From before to after, a plan keeps no backup for a shorter time
# custom:
#   id: backup-retention-shortened
#   level: blocking
#   reason: backups that are past the new age are deleted the same night (POS-10)
#   remedy: keep the days of `backup`
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external: []
package gatehouse.change.backup_retention_shortened

import data.gatehouse.lib.plan

deny contains finding if {
	some change in plan.updated("cloudflare_r2_bucket_lifecycle")
	before := retention(change.before)
	some prefix, after in retention(change.after)
	after < object.get(before, prefix, after + 1)
	finding := {
		"msg": sprintf("objects under \"%s\" are deleted after %s seconds, sooner than before", [prefix, format_int(after, 10)]),
		"address": change.address,
		"path": "rules",
		"before": object.get(before, prefix, null),
		"after": after,
	}
}

# Seconds by prefix; of two rules with one prefix the shorter counts.
retention(lifecycle) := {prefix: seconds |
	some named in lifecycle.rules
	prefix := object.get(named, ["conditions", "prefix"], "")
	seconds := min([rule.delete_objects_transition.condition.max_age |
		some rule in lifecycle.rules
		object.get(rule, ["conditions", "prefix"], "") == prefix
		rule.enabled == true
	])
}
