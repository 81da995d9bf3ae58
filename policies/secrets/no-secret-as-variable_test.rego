package gatehouse.secrets.no_secret_as_variable_test

import data.gatehouse.secrets.no_secret_as_variable as rule

test_refuses_a_token if {
	findings := rule.deny with input as {"resource": {"github_actions_environment_variable": {"v": {"variable_name": "DEPLOY_TOKEN", "value": "a"}}}}
	{[f.address, f.path] | some f in findings} == {["github_actions_environment_variable.v", "variable_name"]}
}

test_allows_an_endpoint_of_tokens if {
	findings := rule.deny with input as {"resource": {"github_actions_environment_variable": {"v": {"variable_name": "TOKEN_URL", "value": "https://example.com"}}}}
	count(findings) == 0
}
