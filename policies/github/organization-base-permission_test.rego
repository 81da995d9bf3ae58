package gatehouse.github.organization_base_permission_test

import data.gatehouse.github.organization_base_permission as rule

test_refuses_members_that_write_everywhere if {
	findings := rule.deny with input as {"resource": {"github_organization_settings": {"s": {"default_repository_permission": "write"}}}}
	{[f.address, f.path] | some f in findings} == {["github_organization_settings.s", "default_repository_permission"]}
}

test_allows_members_that_read if {
	findings := rule.deny with input as {"resource": {"github_organization_settings": {"s": {"default_repository_permission": "read"}}}}
	count(findings) == 0
}
