package gatehouse.workflows.no_inherited_secrets_test

import data.gatehouse.workflows.no_inherited_secrets as rule

test_refuses_all_of_them if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"jobs": {"deploy": {"uses": "./.github/workflows/deploy.yml", "secrets": "inherit"}},
	}
	{[f.address, f.path] | some f in findings} == {["jobs.deploy", "secrets"]}
}

test_allows_those_it_names if {
	findings := rule.deny with input as {
		"name": "CI",
		"on": "push",
		"jobs": {"deploy": {"uses": "./.github/workflows/deploy.yml", "secrets": {"TOKEN": "${{ secrets.TOKEN }}"}}},
	}
	count(findings) == 0
}
