package gatehouse.workflows.secrets_of_an_environment_test

import data.gatehouse.workflows.secrets_of_an_environment as rule

workflow(on, job) := {"name": "CI", "on": on, "jobs": {"deploy": job}}

secret := {"run": "./deploy.sh", "env": {"KEY": "${{ secrets.DEPLOY_KEY }}"}}

test_refuses_a_secret_of_the_repository if {
	every job in [
		{"steps": [secret]},
		{"steps": [{"run": "./deploy.sh", "env": {"KEY": "${{ github.ref == 'x' && secrets['DEPLOY_KEY'] }}"}}]},
		{"steps": [{"run": "./deploy.sh", "env": {"KEY": "${{ SECRETS.DEPLOY_KEY }}"}}]},
		{"environment": "", "steps": [secret]},
		{"environment": {"url": "https://shop.example.com"}, "steps": [secret]},
	] {
		findings := rule.deny with input as workflow("push", job)
		{[f.address, f.path] | some f in findings} == {["jobs.deploy", "steps[0].env.KEY"]}
	}
}

test_refuses_a_secret_for_every_job if {
	job := {"environment": "production", "steps": [{"run": "./deploy.sh"}]}
	document := object.union(workflow("push", job), {"env": {"KEY": "${{ secrets.DEPLOY_KEY }}"}})
	findings := rule.deny with input as document
	{[f.address, f.path] | some f in findings} == {["workflow", "env.KEY"]}
}

test_allows_one_of_an_environment if {
	every environment in ["production", "${{ inputs.stage }}", {"name": "production"}] {
		findings := rule.deny with input as workflow("push", {"environment": environment, "steps": [secret]})
		count(findings) == 0
	}
}

test_allows_the_token_of_the_run if {
	findings := rule.deny with input as workflow("push", {"steps": [{"run": "gh api user", "env": {"GH_TOKEN": "${{ secrets.GITHUB_TOKEN }}"}}]})
	count(findings) == 0
}

test_allows_to_hand_it_to_a_called_workflow_and_to_be_one if {
	calls := {"uses": "./.github/workflows/deploy.yml", "secrets": {"KEY": "${{ secrets.DEPLOY_KEY }}"}}
	every document in [workflow("push", calls), workflow({"workflow_call": {}}, {"steps": [secret]})] {
		findings := rule.deny with input as document
		count(findings) == 0
	}
}
