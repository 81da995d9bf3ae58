package gatehouse.github.organization_members_create_nothing_test

import data.gatehouse.github.organization_members_create_nothing as rule

none := {
	"members_can_create_private_repositories": false,
	"members_can_create_public_repositories": false,
	"members_can_create_repositories": false,
}

stack(settings) := {"resource": {"github_organization_settings": {"o": object.union({"billing_email": "billing@example.com"}, settings)}}}

test_refuses_what_is_on_and_what_the_provider_turns_on if {
	findings := rule.deny with input as stack({"members_can_create_private_repositories": true, "members_can_create_internal_repositories": true})
	{[f.address, f.path] | some f in findings} == {
		["github_organization_settings.o", "members_can_create_internal_repositories"],
		["github_organization_settings.o", "members_can_create_private_repositories"],
		["github_organization_settings.o", "members_can_create_public_repositories"],
		["github_organization_settings.o", "members_can_create_repositories"],
	}
}

test_allows_members_who_make_none if {
	findings := rule.deny with input as stack(none)
	count(findings) == 0
}
