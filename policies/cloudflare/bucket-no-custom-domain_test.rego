package gatehouse.cloudflare.bucket_no_custom_domain_test

import data.gatehouse.cloudflare.bucket_no_custom_domain as rule

test_refuses_a_domain if {
	findings := rule.deny with input as {"resource": {"cloudflare_r2_custom_domain": {"d": {"domain": "files.example.com", "enabled": true}}}}
	{[f.address, f.path] | some f in findings} == {["cloudflare_r2_custom_domain.d", "enabled"]}
}

test_allows_one_that_is_off if {
	findings := rule.deny with input as {"resource": {"cloudflare_r2_custom_domain": {"d": {"enabled": false}}}}
	count(findings) == 0
}
