# METADATA
# title: only chosen actions run
# description: In a synthesized stack, only chosen actions run
# custom:
#   id: actions-from-a-list
#   level: blocking
#   reason: an action is somebody else's program with the run's token
#   remedy: set `allowed_actions` to selected or local_only
#   links:
#     - https://docs.github.com/en/organizations/managing-organization-settings/disabling-or-limiting-github-actions-for-your-organization
#   external:
#     - "Allstar: GitHub Actions"
#     - "zizmor: forbidden-uses"
package gatehouse.github.actions_from_a_list

import data.gatehouse.lib.configuration

kinds := {"github_actions_repository_permissions", "github_actions_organization_permissions"}

deny contains finding if {
	some kind in kinds
	some name, permissions in configuration.named(kind)
	object.get(permissions, "allowed_actions", "all") == "all"
	finding := {
		"msg": "every action of the marketplace may run; choose those that may",
		"address": configuration.address(kind, name),
		"path": "allowed_actions",
	}
}
