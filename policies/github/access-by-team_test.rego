package gatehouse.github.access_by_team_test

import data.gatehouse.github.access_by_team as rule

test_refuses_somebody_alone_who_may_write if {
	findings := rule.deny with input as {"resource": {"github_repository_collaborator": {"c": {"username": "someone"}}}}
	{[f.address, f.path] | some f in findings} == {["github_repository_collaborator.c", "permission"]}
}

test_allows_somebody_alone_who_may_read if {
	findings := rule.deny with input as {"resource": {"github_repository_collaborator": {"c": {"username": "someone", "permission": "pull"}}}}
	count(findings) == 0
}
