package gatehouse.cloudflare.worker_behind_its_domain_test

import data.gatehouse.cloudflare.worker_behind_its_domain as rule

test_refuses_a_worker_that_says_nothing if {
	findings := rule.deny with input as {"resource": {"cloudflare_worker": {"w": {}}}}
	{[f.address, f.path] | some f in findings} == {["cloudflare_worker.w", "subdomain.enabled"], ["cloudflare_worker.w", "subdomain.previews_enabled"]}
}

test_refuses_a_worker_with_previews if {
	findings := rule.deny with input as {"resource": {"cloudflare_worker": {"w": {"subdomain": {"enabled": false, "previews_enabled": true}}}}}
	{[f.address, f.path] | some f in findings} == {["cloudflare_worker.w", "subdomain.previews_enabled"]}
}

test_allows_a_worker_behind_its_domain if {
	findings := rule.deny with input as {"resource": {"cloudflare_worker": {"w": {"subdomain": {"enabled": false, "previews_enabled": false}}}}}
	count(findings) == 0
}
