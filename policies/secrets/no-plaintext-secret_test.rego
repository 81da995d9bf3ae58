package gatehouse.secrets.no_plaintext_secret_test

import data.gatehouse.secrets.no_plaintext_secret as rule

test_refuses_one_in_clear if {
	findings := rule.deny with input as {"resource": {"github_actions_environment_secret": {"s": {"plaintext_value": "anything"}}}}
	{[f.address, f.path] | some f in findings} == {["github_actions_environment_secret.s", "plaintext_value"]}
}

test_allows_one_that_is_sealed if {
	findings := rule.deny with input as {"resource": {"github_actions_environment_secret": {"s": {"encrypted_value": "c2VhbGVk"}}}}
	count(findings) == 0
}
