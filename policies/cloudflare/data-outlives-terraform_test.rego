package gatehouse.cloudflare.data_outlives_terraform_test

import data.gatehouse.cloudflare.data_outlives_terraform as rule

test_refuses_a_database_that_can_be_destroyed if {
	findings := rule.deny with input as {"resource": {"cloudflare_d1_database": {"d": {"name": "shop"}}}}
	{[f.address, f.path] | some f in findings} == {["cloudflare_d1_database.d", "lifecycle.prevent_destroy"]}
}

test_allows_one_that_cannot if {
	findings := rule.deny with input as {"resource": {"cloudflare_d1_database": {"d": {"name": "shop", "lifecycle": {"prevent_destroy": true}}}}}
	count(findings) == 0
}
