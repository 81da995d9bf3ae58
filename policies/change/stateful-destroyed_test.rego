package gatehouse.change.stateful_destroyed_test

import data.gatehouse.change.stateful_destroyed as rule

test_refuses_a_database_that_goes if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "cloudflare_d1_database.it",
		"type": "cloudflare_d1_database",
		"change": {"actions": ["delete"], "before": {"name": "shop"}, "after": null},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["cloudflare_d1_database.it", "", "shop", null]}
}

test_refuses_a_database_that_is_replaced if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "cloudflare_d1_database.it",
		"type": "cloudflare_d1_database",
		"change": {"actions": ["create", "delete"], "before": {"name": "shop"}, "after": {"name": "store"}},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["cloudflare_d1_database.it", "", "shop", null]}
}

test_refuses_a_namespace_that_goes if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "kubernetes_namespace_v1.it",
		"type": "kubernetes_namespace_v1",
		"change": {"actions": ["delete"], "before": {"metadata": [{"name": "shop"}]}, "after": null},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["kubernetes_namespace_v1.it", "", "shop", null]}
}

test_refuses_a_folder_that_goes if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "grafana_folder.it",
		"type": "grafana_folder",
		"change": {"actions": ["delete"], "before": {"title": "Shop"}, "after": null},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["grafana_folder.it", "", "Shop", null]}
}

test_allows_a_new_database if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "cloudflare_d1_database.it",
		"type": "cloudflare_d1_database",
		"change": {"actions": ["create"], "before": null, "after": {"name": "shop"}},
	}]}
	count(findings) == 0
}

test_refuses_a_bucket_of_which_nothing_is_known if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "cloudflare_r2_bucket.it",
		"type": "cloudflare_r2_bucket",
		"change": {"actions": ["delete"], "before": {}, "after": null},
	}]}
	{[f.address, f.path, f.before, f.after] | some f in findings} == {["cloudflare_r2_bucket.it", "", null, null]}
}

test_allows_a_label_that_goes if {
	findings := rule.deny with input as {"resource_changes": [{
		"address": "github_issue_label.it",
		"type": "github_issue_label",
		"change": {"actions": ["delete"], "before": {"name": "bug"}, "after": null},
	}]}
	count(findings) == 0
}
