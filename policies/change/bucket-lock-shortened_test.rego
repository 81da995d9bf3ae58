package gatehouse.change.bucket_lock_shortened_test

import data.gatehouse.change.bucket_lock_shortened as rule

test_refuses_a_day_instead_of_two_weeks if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "cloudflare_r2_bucket_lock.it",
		"type": "cloudflare_r2_bucket_lock",
		"change": {
			"actions": ["update"],
			"before": {"rules": [{
				"id": "keep daily/",
				"prefix": "daily/",
				"enabled": true,
				"condition": {"type": "Age", "max_age_seconds": 1209600},
			}]},
			"after": {"rules": [{
				"id": "keep daily/",
				"prefix": "daily/",
				"enabled": true,
				"condition": {"type": "Age", "max_age_seconds": 86400},
			}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["cloudflare_r2_bucket_lock.it", "rules", 1209600, 86400]}
}

test_refuses_a_lock_that_is_off if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "cloudflare_r2_bucket_lock.it",
		"type": "cloudflare_r2_bucket_lock",
		"change": {
			"actions": ["update"],
			"before": {"rules": [{
				"id": "keep daily/",
				"prefix": "daily/",
				"enabled": true,
				"condition": {"type": "Age", "max_age_seconds": 1209600},
			}]},
			"after": {"rules": [{
				"id": "keep daily/",
				"prefix": "daily/",
				"enabled": false,
				"condition": {"type": "Age", "max_age_seconds": 1209600},
			}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["cloudflare_r2_bucket_lock.it", "rules", 1209600, 0]}
}

test_refuses_a_lock_that_goes if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "cloudflare_r2_bucket_lock.it",
		"type": "cloudflare_r2_bucket_lock",
		"change": {"actions": ["delete"], "before": {"bucket_name": "backups", "rules": []}, "after": null},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["cloudflare_r2_bucket_lock.it", "", "backups", null]}
}

test_allows_a_longer_lock if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "cloudflare_r2_bucket_lock.it",
		"type": "cloudflare_r2_bucket_lock",
		"change": {
			"actions": ["update"],
			"before": {"rules": [{
				"id": "keep daily/",
				"prefix": "daily/",
				"enabled": true,
				"condition": {"type": "Age", "max_age_seconds": 86400},
			}]},
			"after": {"rules": [{
				"id": "keep daily/",
				"prefix": "daily/",
				"enabled": true,
				"condition": {"type": "Age", "max_age_seconds": 1209600},
			}]},
		},
	}]}
	count(findings) == 0
}
