package gatehouse.secrets.no_secret_in_worker_test

import data.gatehouse.secrets.no_secret_in_worker as rule

test_refuses_a_secret_with_its_text if {
	findings := rule.deny with input as {"resource": {"cloudflare_workers_script": {"w": {"bindings": [{"name": "KEY", "type": "secret_text", "text": "written here"}]}}}}
	{[f.address, f.path] | some f in findings} == {["cloudflare_workers_script.w", "bindings[0].text"]}
}

test_refuses_a_secret_as_plain_text if {
	findings := rule.deny with input as {"resource": {"cloudflare_worker_version": {"w": {"bindings": [{"name": "ADMIN_TOKEN", "type": "plain_text", "text": "written here"}]}}}}
	{[f.address, f.path] | some f in findings} == {["cloudflare_worker_version.w", "bindings[0].text"]}
}

test_allows_a_stage if {
	findings := rule.deny with input as {"resource": {"cloudflare_workers_script": {"w": {"bindings": [{"name": "STAGE", "type": "plain_text", "text": "production"}]}}}}
	count(findings) == 0
}
