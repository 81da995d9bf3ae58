package gatehouse.cloudflare.token_for_one_account_test

import data.gatehouse.cloudflare.token_for_one_account as rule

test_refuses_one_for_every_account_and_for_ever if {
	findings := rule.deny with input as {"resource": {"cloudflare_api_token": {"t": {"policies": [{"resources": "{\"com.cloudflare.api.account.*\":\"*\"}"}]}}}}
	{[f.address, f.path] | some f in findings} == {["cloudflare_api_token.t", "policies[0].resources"], ["cloudflare_api_token.t", "expires_on"]}
}

test_allows_one_for_an_account_until_a_day if {
	findings := rule.deny with input as {"resource": {"cloudflare_api_token": {"t": {
		"expires_on": "2027-01-01T00:00:00Z",
		"policies": [{"resources": "{\"com.cloudflare.api.account.023e105f\":\"*\"}"}],
	}}}}
	count(findings) == 0
}
