package gatehouse.github.webhook_over_tls_test

import data.gatehouse.github.webhook_over_tls as rule

test_refuses_an_endpoint_without_tls if {
	findings := rule.deny with input as {"resource": {"github_repository_webhook": {"w": {"configuration": {"url": "http://ci.example.com", "insecure_ssl": false}}}}}
	{[f.address, f.path] | some f in findings} == {["github_repository_webhook.w", "configuration.url"]}
}

test_refuses_a_certificate_that_nobody_checks if {
	findings := rule.deny with input as {"resource": {"github_organization_webhook": {"w": {"configuration": [{"url": "https://ci.example.com", "insecure_ssl": true}]}}}}
	{[f.address, f.path] | some f in findings} == {["github_organization_webhook.w", "configuration.insecure_ssl"]}
}

test_allows_https if {
	findings := rule.deny with input as {"resource": {"github_repository_webhook": {"w": {"configuration": {"url": "https://ci.example.com", "insecure_ssl": false}}}}}
	count(findings) == 0
}
