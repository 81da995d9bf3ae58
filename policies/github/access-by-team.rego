# METADATA
# title: people have access through a team
# description: In a synthesized stack, people have access through a team
# custom:
#   id: access-by-team
#   level: blocking
#   reason: a collaborator who was added alone is in no list of owners and is forgotten when they leave
#   remedy: put them into a team of services/organization.ts
#   links:
#     - https://docs.github.com/en/organizations/managing-user-access-to-your-organizations-repositories
#   external:
#     - "Allstar: Outside Collaborators"
#     - "Allstar: Repository Administrators"
#     - "CIS GitHub v1.2.0: 1.1.15"
package gatehouse.github.access_by_team

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, access in configuration.named("github_repository_collaborator")
	object.get(access, "permission", "push") in {"push", "maintain", "admin"}
	finding := {
		"msg": sprintf("%v may write to the repository without being in a team; give a team the access", [access.username]),
		"address": configuration.address("github_repository_collaborator", name),
		"path": "permission",
	}
}
