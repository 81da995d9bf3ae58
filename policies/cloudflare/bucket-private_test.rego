package gatehouse.cloudflare.bucket_private_test

import data.gatehouse.cloudflare.bucket_private as rule

test_refuses_a_bucket_of_which_nothing_is_said if {
	findings := rule.deny with input as {"resource": {"cloudflare_r2_bucket": {"backups": {"name": "shop-backups"}}}}
	{[f.address, f.path] | some f in findings} == {["cloudflare_r2_bucket.backups", ""]}
}

test_refuses_a_bucket_of_which_the_opposite_is_said if {
	findings := rule.deny with input as {"resource": {
		"cloudflare_r2_bucket": {"backups": {"name": "shop-backups"}},
		"cloudflare_r2_managed_domain": {"it": {"bucket_name": "${cloudflare_r2_bucket.backups.name}", "enabled": true}},
	}}
	{[f.address, f.path] | some f in findings} == {["cloudflare_r2_bucket.backups", ""]}
}

test_refuses_a_bucket_when_it_is_said_of_another if {
	findings := rule.deny with input as {"resource": {
		"cloudflare_r2_bucket": {"backups": {"name": "shop-backups"}},
		"cloudflare_r2_managed_domain": {"it": {"bucket_name": "other", "enabled": false}},
	}}
	{[f.address, f.path] | some f in findings} == {["cloudflare_r2_bucket.backups", ""]}
}

test_allows_a_bucket_of_which_it_is_said if {
	findings := rule.deny with input as {"resource": {
		"cloudflare_r2_bucket": {"backups": {"name": "shop-backups"}},
		"cloudflare_r2_managed_domain": {"it": {"bucket_name": "${cloudflare_r2_bucket.backups.name}", "enabled": false}},
	}}
	count(findings) == 0
}

test_allows_a_bucket_of_which_it_is_said_by_name if {
	findings := rule.deny with input as {"resource": {
		"cloudflare_r2_bucket": {"backups": {"name": "shop-backups"}},
		"cloudflare_r2_managed_domain": {"it": {"bucket_name": "shop-backups", "enabled": false}},
	}}
	count(findings) == 0
}
