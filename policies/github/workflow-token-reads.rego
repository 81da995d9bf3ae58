# METADATA
# title: the token of a workflow only reads unless the workflow says otherwise
# description: In a synthesized stack, the token of a workflow only reads unless the workflow says otherwise
# custom:
#   id: workflow-token-reads
#   level: blocking
#   reason: a workflow that forgets its permissions would get them all
#   remedy: set `default_workflow_permissions` to read and `can_approve_pull_request_reviews` to false
#   links:
#     - https://docs.github.com/en/actions/tutorials/authenticate-with-github_token
#   external:
#     - "OpenSSF Scorecard: Token-Permissions"
package gatehouse.github.workflow_token_reads

import data.gatehouse.lib.configuration

kinds := {"github_workflow_repository_permissions", "github_actions_organization_workflow_permissions"}

deny contains finding if {
	some kind in kinds
	some name, permissions in configuration.named(kind)
	some path, too_much in {"default_workflow_permissions": "write", "can_approve_pull_request_reviews": true}
	permissions[path] == too_much
	finding := {
		"msg": sprintf("%s is %v; a workflow's token must only read, and approve nothing", [path, too_much]),
		"address": configuration.address(kind, name),
		"path": path,
	}
}
