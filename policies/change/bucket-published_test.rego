package gatehouse.change.bucket_published_test

import data.gatehouse.change.bucket_published as rule

test_refuses_an_address_turned_on if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "cloudflare_r2_managed_domain.it",
		"type": "cloudflare_r2_managed_domain",
		"change": {"actions": ["update"], "before": {"enabled": false}, "after": {"enabled": true}},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["cloudflare_r2_managed_domain.it", "enabled", false, true]}
}

test_allows_an_address_turned_off if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "cloudflare_r2_managed_domain.it",
		"type": "cloudflare_r2_managed_domain",
		"change": {"actions": ["update"], "before": {"enabled": true}, "after": {"enabled": false}},
	}]}
	count(findings) == 0
}
