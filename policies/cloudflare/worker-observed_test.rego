package gatehouse.cloudflare.worker_observed_test

import data.gatehouse.cloudflare.worker_observed as rule

test_refuses_one_without if {
	findings := rule.deny with input as {"resource": {"cloudflare_worker": {"w": {}}}}
	{[f.address, f.path] | some f in findings} == {["cloudflare_worker.w", "observability.enabled"]}
}

test_refuses_one_whose_logs_are_off if {
	findings := rule.deny with input as {"resource": {"cloudflare_worker": {"w": {"observability": {"enabled": true, "logs": {"enabled": false}}}}}}
	{[f.address, f.path] | some f in findings} == {["cloudflare_worker.w", "observability.enabled"]}
}

test_allows_one_with if {
	findings := rule.deny with input as {"resource": {"cloudflare_worker": {"w": {"observability": {"enabled": true}}}}}
	count(findings) == 0
}
