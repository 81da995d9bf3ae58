# METADATA
# title: a plan makes no repository public
# description: From before to after, a plan makes no repository public
# custom:
#   id: repository-published
#   level: blocking
#   reason: what was public for a minute was copied
#   remedy: keep the visibility, or have the change waived after its history was read for secrets
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "CIS GitHub v1.2.0: 1.2.6"
#     - "Checkov: CKV_GIT_1"
package gatehouse.change.repository_published

import data.gatehouse.lib.plan

deny contains finding if {
	some change in plan.updated("github_repository")
	change.before.visibility in {"private", "internal"}
	change.after.visibility == "public"
	finding := {
		"msg": "the repository becomes public, with its whole history",
		"address": change.address,
		"path": "visibility",
		"before": change.before.visibility,
		"after": change.after.visibility,
	}
}
