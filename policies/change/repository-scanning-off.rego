# METADATA
# title: a plan turns no scanning of a repository off
# description: From before to after, a plan turns no scanning of a repository off
# custom:
#   id: repository-scanning-off
#   level: blocking
#   reason: what nobody looks for stays until it is used
#   remedy: keep `repository.security`
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "CIS GitHub v1.2.0: 1.5.1"
#     - "CIS GitHub v1.2.0: 1.5.4"
#     - "CIS GitHub v1.2.0: 1.5.5"
#     - "Checkov: CKV_GIT_3"
package gatehouse.change.repository_scanning_off

import data.gatehouse.lib.blocks
import data.gatehouse.lib.plan

deny contains finding if {
	some change in plan.updated("github_repository")
	after := scans(change.after)
	some path in (scans(change.before) - after)
	finding := {
		"msg": sprintf("%s is turned off", [path]),
		"address": change.address,
		"path": path,
		"before": true,
		"after": false,
	}
}

scans(repository) := {"vulnerability_alerts" | repository.vulnerability_alerts == true} | {path |
	some feature, value in blocks.one(repository.security_and_analysis)
	blocks.one(value).status == "enabled"
	path := sprintf("security_and_analysis[0].%s[0].status", [feature])
}
