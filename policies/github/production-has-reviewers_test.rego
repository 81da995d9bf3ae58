package gatehouse.github.production_has_reviewers_test

import data.gatehouse.github.production_has_reviewers as rule

stack(environment) := {"resource": {"github_repository_environment": {"environment-production": environment}}}

test_refuses_production_without_reviewers if {
	every environment in [
		{"environment": "prod"},
		{"environment": "production", "reviewers": []},
		{"environment": "production", "reviewers": [{"teams": [], "users": []}]},
	] {
		findings := rule.deny with input as stack(environment)
		{[f.address, f.path] | some f in findings} == {["github_repository_environment.environment-production", "reviewers"]}
	}
}

test_allows_a_team_or_a_user if {
	every reviewers in [{"teams": ["7"]}, [{"users": ["7"]}]] {
		findings := rule.deny with input as stack({"environment": "production", "reviewers": reviewers})
		count(findings) == 0
	}
}

test_allows_other_environments if {
	findings := rule.deny with input as stack({"environment": "staging", "reviewers": []})
	count(findings) == 0
}
