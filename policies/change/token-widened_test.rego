package gatehouse.change.token_widened_test

import data.gatehouse.change.token_widened as rule

test_refuses_one_more_permission if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "cloudflare_account_token.it",
		"type": "cloudflare_account_token",
		"change": {
			"actions": ["update"],
			"before": {"policies": [{"effect": "allow", "permission_groups": [{"id": "d1"}], "resources": "{\"account\":\"*\"}"}]},
			"after": {"policies": [{
				"effect": "allow",
				"permission_groups": [{"id": "d1"}, {"id": "dns"}],
				"resources": "{\"account\":\"*\"}",
			}]},
		},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["cloudflare_account_token.it", "policies", null, {"group": "dns", "resources": "{\"account\":\"*\"}"}]}
}

test_allows_one_permission_fewer if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "cloudflare_account_token.it",
		"type": "cloudflare_account_token",
		"change": {
			"actions": ["update"],
			"before": {"policies": [{
				"effect": "allow",
				"permission_groups": [{"id": "d1"}, {"id": "dns"}],
				"resources": "{\"account\":\"*\"}",
			}]},
			"after": {"policies": [{"effect": "allow", "permission_groups": [{"id": "d1"}], "resources": "{\"account\":\"*\"}"}]},
		},
	}]}
	count(findings) == 0
}
