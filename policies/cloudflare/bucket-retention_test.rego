package gatehouse.cloudflare.bucket_retention_test

import data.gatehouse.cloudflare.bucket_retention as rule

test_refuses_a_bucket_of_which_nothing_is_said if {
	findings := rule.deny with input as {"resource": {"cloudflare_r2_bucket": {"backups": {"name": "shop-backups"}}}}
	{[f.address, f.path] | some f in findings} == {["cloudflare_r2_bucket.backups", ""]}
}

test_refuses_a_bucket_of_which_the_opposite_is_said if {
	findings := rule.deny with input as {"resource": {
		"cloudflare_r2_bucket": {"backups": {"name": "shop-backups"}},
		"cloudflare_r2_bucket_lifecycle": {"it": {"bucket_name": "${cloudflare_r2_bucket.backups.name}", "rules": [{"enabled": true}]}},
	}}
	{[f.address, f.path] | some f in findings} == {["cloudflare_r2_bucket.backups", ""]}
}

test_refuses_a_bucket_when_it_is_said_of_another if {
	findings := rule.deny with input as {"resource": {
		"cloudflare_r2_bucket": {"backups": {"name": "shop-backups"}},
		"cloudflare_r2_bucket_lifecycle": {"it": {
			"bucket_name": "other",
			"rules": [{"enabled": true, "delete_objects_transition": {"condition": {"type": "Age", "max_age": 86400}}}],
		}},
	}}
	{[f.address, f.path] | some f in findings} == {["cloudflare_r2_bucket.backups", ""]}
}

test_allows_a_bucket_of_which_it_is_said if {
	findings := rule.deny with input as {"resource": {
		"cloudflare_r2_bucket": {"backups": {"name": "shop-backups"}},
		"cloudflare_r2_bucket_lifecycle": {"it": {
			"bucket_name": "${cloudflare_r2_bucket.backups.name}",
			"rules": [{"enabled": true, "delete_objects_transition": {"condition": {"type": "Age", "max_age": 86400}}}],
		}},
	}}
	count(findings) == 0
}

test_allows_a_bucket_of_which_it_is_said_by_name if {
	findings := rule.deny with input as {"resource": {
		"cloudflare_r2_bucket": {"backups": {"name": "shop-backups"}},
		"cloudflare_r2_bucket_lifecycle": {"it": {
			"bucket_name": "shop-backups",
			"rules": [{"enabled": true, "delete_objects_transition": {"condition": {"type": "Age", "max_age": 86400}}}],
		}},
	}}
	count(findings) == 0
}
