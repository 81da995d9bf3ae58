package gatehouse.github.actions_from_a_list_test

import data.gatehouse.github.actions_from_a_list as rule

test_refuses_all_actions if {
	findings := rule.deny with input as {"resource": {"github_actions_organization_permissions": {"p": {"allowed_actions": "all"}}}}
	{[f.address, f.path] | some f in findings} == {["github_actions_organization_permissions.p", "allowed_actions"]}
}

test_allows_chosen_ones if {
	findings := rule.deny with input as {"resource": {"github_actions_organization_permissions": {"p": {"allowed_actions": "selected"}}}}
	count(findings) == 0
}
