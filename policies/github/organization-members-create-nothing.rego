# METADATA
# title: a repository is made by whoever declares it, not by every member
# description: In a synthesized stack, a repository is made by whoever declares it, not by every member
# custom:
#   id: organization-members-create-nothing
#   level: blocking
#   reason: a repository that a member makes is in no declaration, and may be public
#   remedy: set `members_can_create_repositories`, and those of public, private and internal ones, to false; what is not set, the provider turns on
#   links:
#     - https://docs.github.com/en/organizations/managing-organization-settings/restricting-repository-creation-in-your-organization
#     - https://registry.terraform.io/providers/integrations/github/latest/docs/resources/organization_settings
#   external:
#     - "CIS GitHub v1.2.0: 1.2.2"
#     - "Checkov: CKV_GITHUB_21"
#     - "Checkov: CKV_GITHUB_22"
#     - "Checkov: CKV_GITHUB_23"
package gatehouse.github.organization_members_create_nothing

import data.gatehouse.lib.configuration

# Each with what the provider makes of it when it is not set; that of internal ones is for enterprises.
by_default := {
	"members_can_create_internal_repositories": false,
	"members_can_create_private_repositories": true,
	"members_can_create_public_repositories": true,
	"members_can_create_repositories": true,
}

deny contains finding if {
	some name, settings in configuration.named("github_organization_settings")
	some right, otherwise in by_default
	object.get(settings, right, otherwise) != false
	finding := {
		"msg": sprintf("%s is on for every member; turn it off", [right]),
		"address": configuration.address("github_organization_settings", name),
		"path": right,
	}
}
