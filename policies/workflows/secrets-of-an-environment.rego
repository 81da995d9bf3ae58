# METADATA
# title: a job that uses secrets names the environment that they are of
# description: In a workflow file, a job that uses secrets names the environment that they are of
# custom:
#   id: secrets-of-an-environment
#   level: blocking
#   reason: a secret of a repository is there for every workflow of every branch; one of an environment waits for its reviewers
#   remedy: set `environment` at the job, and keep the secret there; `GITHUB_TOKEN` has the permissions that the job says
#   links:
#     - https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
#     - https://docs.zizmor.sh/audits/#secrets-outside-env
#   external:
#     - "zizmor: secrets-outside-env"
package gatehouse.workflows.secrets_of_an_environment

import data.gatehouse.lib.workflow

deny contains finding if {
	some id, job in workflow.jobs
	some {"path": path, "expression": expression} in workflow.expressions(job)
	uses_secret(expression)
	not may_lack_environment(job)
	finding := {
		"msg": sprintf("the job %s uses a secret that every branch can have; name the environment that it is of", [id]),
		"address": workflow.address(id),
		"path": path,
	}
}

# What the workflow sets for every job, it sets before any of them has its environment.
deny contains finding if {
	count(workflow.jobs) > 0
	not "workflow_call" in workflow.triggers
	some {"path": path, "expression": expression} in workflow.expressions(input.env)
	uses_secret(expression)
	finding := {
		"msg": "every job gets a secret of no environment; give it to the job that needs it",
		"address": "workflow",
		"path": concat(".", ["env", path]),
	}
}

uses_secret(expression) if {
	some [_, name] in regex.find_all_string_submatch_n(`(?i)\bsecrets\s*(?:\.\s*|\[\s*')([a-z_][a-z0-9_-]*)`, expression, -1)
	lower(name) != "github_token"
}

may_lack_environment(job) if workflow.environment(job) != ""

# A job that calls a workflow can't name one: the called jobs do.
may_lack_environment(job) if job.uses

# A called workflow gets what its caller hands over, which is none of its own environment.
may_lack_environment(_) if "workflow_call" in workflow.triggers
