package gatehouse.secrets.no_plain_webhook_secret_test

import data.gatehouse.secrets.no_plain_webhook_secret as rule

stack(secret) := {"resource": {"github_repository_webhook": {"w": {"configuration": {"url": "https://ci.example.com", "secret": secret}}}}}

test_refuses_one_in_clear_and_doesnt_say_it if {
	findings := rule.deny with input as stack("not-a-secret")
	{[f.address, f.path] | some f in findings} == {["github_repository_webhook.w", "configuration.secret"]}
	every f in findings {
		not contains(f.msg, "not-a-secret")
	}
}

test_refuses_a_part_in_clear if {
	findings := rule.deny with input as stack("not-a-secret-${var.part}")
	count(findings) == 1
}

test_allows_a_variable_and_none if {
	every secret in ["${var.webhook_secret}", "", null] {
		findings := rule.deny with input as stack(secret)
		count(findings) == 0
	}
}
