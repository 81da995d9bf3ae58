package gatehouse.github.webhook_has_secret_test

import data.gatehouse.github.webhook_has_secret as rule

stack(kind, configuration) := {"resource": {kind: {"w": {"configuration": configuration}}}}

kinds := {"github_organization_webhook", "github_repository_webhook"}

test_refuses_one_without_a_secret if {
	every kind in kinds {
		every configuration in [
			{"url": "https://ci.example.com"},
			[{"url": "https://ci.example.com"}],
			{"url": "https://ci.example.com", "secret": ""},
			{"url": "https://ci.example.com", "secret": null},
		] {
			findings := rule.deny with input as stack(kind, configuration)
			{[f.address, f.path] | some f in findings} == {[concat(".", [kind, "w"]), "configuration.secret"]}
		}
	}
}

test_refuses_one_without_a_configuration if {
	findings := rule.deny with input as {"resource": {"github_repository_webhook": {"w": {"repository": "shop"}}}}
	count(findings) == 1
}

test_allows_one_with_a_secret if {
	every kind in kinds {
		findings := rule.deny with input as stack(kind, {"url": "https://ci.example.com", "secret": "${var.webhook_secret}"})
		count(findings) == 0
	}
}
