package gatehouse.secrets.no_known_token_test

import data.gatehouse.secrets.no_known_token as rule

test_refuses_a_token_in_a_script if {
	findings := rule.deny with input as {"steps": [{"run": concat("", ["export T=", "gh", "p_", concat("", ["a" | some _ in numbers.range(1, 36)])])}]}
	{[f.address, f.path] | some f in findings} == {["document", "steps[0].run"]}
}

test_refuses_a_key_in_a_value if {
	findings := rule.deny with input as {"data": {"tls.key": concat(" ", ["-----BEGIN", "EC", "PRIVATE", "KEY"])}}
	{[f.address, f.path] | some f in findings} == {["document", "data.tls.key"]}
}

test_allows_words_about_tokens if {
	findings := rule.deny with input as {"run": "echo \"a token begins with ghp_ and goes on\""}
	count(findings) == 0
}
