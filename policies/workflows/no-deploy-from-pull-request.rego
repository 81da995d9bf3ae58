# METADATA
# title: a pull request deploys to no production
# description: In a workflow file, a pull request deploys to no production
# custom:
#   id: no-deploy-from-pull-request
#   level: blocking
#   reason: deployments come from main, after the checks and the reviewers (POS-5, ORG-1)
#   remedy: deploy in a workflow that main starts
#   links:
#     - https://docs.github.com/en/actions/reference/security/secure-use
#   external:
#     - "CIS GitHub v1.2.0: 2.3.5"
package gatehouse.workflows.no_deploy_from_pull_request

import data.gatehouse.lib.workflow

deny contains finding if {
	count(workflow.triggers & {"pull_request", "pull_request_target", "issue_comment"}) > 0
	some id, job in workflow.jobs
	name := workflow.environment(job)
	regex.match(`(?i)^prod`, name)
	finding := {
		"msg": sprintf("a pull request starts a job of the environment %s; only main may", [name]),
		"address": workflow.address(id),
		"path": "environment",
	}
}
