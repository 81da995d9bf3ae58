package gatehouse.workflows.tools_of_actions_pinned_test

import data.gatehouse.workflows.tools_of_actions_pinned as rule

in_step(step) := {"name": "CI", "on": "push", "jobs": {"build": {"steps": [step]}}}

test_refuses_the_latest_of_a_program if {
	every name in ["version", "trivy-version", "bun_version"] {
		findings := rule.deny with input as in_step({"uses": "owner/setup@v1", "with": {name: "latest"}})
		{[f.address, f.path] | some f in findings} == {["jobs.build", concat("", ["steps[0].with.", name])]}
	}
}

test_refuses_no_version_where_that_is_the_latest if {
	every step in [{"uses": "aquasecurity/setup-trivy@v1"}, {"uses": "1Password/load-secrets-action@v3", "with": {"version": ""}}] {
		findings := rule.deny with input as in_step(step)
		{[f.address, f.path] | some f in findings} == {["jobs.build", "steps[0].with.version"]}
	}
}

test_allows_versions_and_other_inputs if {
	every step in [
		{"uses": "aquasecurity/setup-trivy@v1", "with": {"version": "v0.70.0"}},
		{"uses": "actions/setup-node@v6", "with": {"node-version": 24}},
		{"uses": "owner/setup@v1", "with": {"tag": "latest"}},
		{"uses": "owner/setup@v1"},
		{"run": "true"},
	] {
		findings := rule.deny with input as in_step(step)
		count(findings) == 0
	}
}
