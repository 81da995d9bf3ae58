package gatehouse.change.backup_retention_shortened_test

import data.gatehouse.change.backup_retention_shortened as rule

test_refuses_a_shorter_time if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "cloudflare_r2_bucket_lifecycle.it",
		"type": "cloudflare_r2_bucket_lifecycle",
		"change": {
			"actions": ["update"],
			"before": {"rules": [{
				"id": "delete daily/",
				"enabled": true,
				"conditions": {"prefix": "daily/"},
				"delete_objects_transition": {"condition": {"type": "Age", "max_age": 1209600}},
			}]},
			"after": {"rules": [{
				"id": "delete daily/",
				"enabled": true,
				"conditions": {"prefix": "daily/"},
				"delete_objects_transition": {"condition": {"type": "Age", "max_age": 86400}},
			}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["cloudflare_r2_bucket_lifecycle.it", "rules", 1209600, 86400]}
}

test_refuses_an_age_where_there_was_none if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "cloudflare_r2_bucket_lifecycle.it",
		"type": "cloudflare_r2_bucket_lifecycle",
		"change": {
			"actions": ["update"],
			"before": {"rules": []},
			"after": {"rules": [{
				"id": "delete daily/",
				"enabled": true,
				"conditions": {"prefix": "daily/"},
				"delete_objects_transition": {"condition": {"type": "Age", "max_age": 86400}},
			}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["cloudflare_r2_bucket_lifecycle.it", "rules", null, 86400]}
}

test_allows_a_longer_time if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "cloudflare_r2_bucket_lifecycle.it",
		"type": "cloudflare_r2_bucket_lifecycle",
		"change": {
			"actions": ["update"],
			"before": {"rules": [{
				"id": "delete daily/",
				"enabled": true,
				"conditions": {"prefix": "daily/"},
				"delete_objects_transition": {"condition": {"type": "Age", "max_age": 86400}},
			}]},
			"after": {"rules": [{
				"id": "delete daily/",
				"enabled": true,
				"conditions": {"prefix": "daily/"},
				"delete_objects_transition": {"condition": {"type": "Age", "max_age": 1209600}},
			}]},
		},
	}]}
	count(findings) == 0
}
