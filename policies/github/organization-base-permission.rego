# METADATA
# title: a member may read, and no more, by being a member
# description: In a synthesized stack, a member may read, and no more, by being a member
# custom:
#   id: organization-base-permission
#   level: blocking
#   reason: write access to every repository is nobody's job
#   remedy: set `default_repository_permission` to read or none
#   links:
#     - https://docs.github.com/en/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/setting-base-permissions-for-an-organization
#   external:
#     - "CIS GitHub v1.2.0: 1.3.8"
#     - "Checkov: CKV_GITHUB_27"
package gatehouse.github.organization_base_permission

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, settings in configuration.named("github_organization_settings")
	settings.default_repository_permission in {"write", "admin"}
	finding := {
		"msg": sprintf("every member has %s on every repository; let membership mean read or nothing", [settings.default_repository_permission]),
		"address": configuration.address("github_organization_settings", name),
		"path": "default_repository_permission",
	}
}
