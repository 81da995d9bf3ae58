# METADATA
# title: a plan gives no team more access to a repository
# description: From before to after, a plan gives no team more access to a repository
# custom:
#   id: team-access-widened
#   level: blocking
#   reason: who may write may deliver, and who may administer may take every protection off
#   remedy: have the new access approved by an owner, and waived for this change
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "CIS GitHub v1.2.0: 1.1.15"
package gatehouse.change.team_access_widened

import data.gatehouse.lib.plan

ranks := {"pull": 1, "triage": 2, "push": 3, "maintain": 4, "admin": 5}

deny contains finding if {
	some change in plan.updated("github_team_repository")
	ranks[change.after.permission] > ranks[change.before.permission]
	finding := {
		"msg": sprintf("a team's access grows from %s to %s", [change.before.permission, change.after.permission]),
		"address": change.address,
		"path": "permission",
		"before": change.before.permission,
		"after": change.after.permission,
	}
}
