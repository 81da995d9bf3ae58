package gatehouse.github.no_standing_bypass_test

import data.gatehouse.github.no_standing_bypass as rule

team := {"actor_id": "1", "actor_type": "Team", "bypass_mode": "pull_request"}

stack(kind, target, actors) := {"resource": {kind: {"protected-main": {"target": target, "bypass_actors": actors}}}}

test_refuses_a_team_that_may_push if {
	findings := rule.deny with input as stack("github_repository_ruleset", "branch", [object.union(team, {"bypass_mode": "always"})])
	{[f.address, f.path, f.msg] | some f in findings} == {[
		"github_repository_ruleset.protected-main",
		"bypass_actors[0]",
		"Team may pass the ruleset by (always); only a team may, through a pull request",
	]}
}

test_refuses_anyone_but_a_team if {
	every type in {"RepositoryRole", "OrganizationAdmin", "Integration", "DeployKey"} {
		findings := rule.deny with input as stack("github_organization_ruleset", "branch", [object.union(team, {"actor_type": type})])
		{[f.address, f.path] | some f in findings} == {["github_organization_ruleset.protected-main", "bypass_actors[0]"]}
	}
}

test_refuses_two_teams if {
	findings := rule.deny with input as stack("github_repository_ruleset", "branch", [team, object.union(team, {"actor_id": "2"})])
	{[f.path, f.msg] | some f in findings} == {["bypass_actors", "2 may pass the ruleset by; at most one team may"]}
}

test_allows_nobody if {
	findings := rule.deny with input as stack("github_repository_ruleset", "branch", [])
	count(findings) == 0
}

test_allows_one_team_through_a_pull_request if {
	every actors in [team, [team]] {
		findings := rule.deny with input as stack("github_repository_ruleset", "branch", actors)
		count(findings) == 0
	}
}

# Who removes the tag frozen/rollback does just that.
test_allows_exceptions_of_tags if {
	findings := rule.deny with input as stack("github_repository_ruleset", "tag", [object.union(team, {"bypass_mode": "always"})])
	count(findings) == 0
}
