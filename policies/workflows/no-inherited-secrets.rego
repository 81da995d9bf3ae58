# METADATA
# title: a called workflow gets the secrets that it names
# description: In a workflow file, a called workflow gets the secrets that it names
# custom:
#   id: no-inherited-secrets
#   level: blocking
#   reason: "`inherit` hands over every secret, also those of tomorrow"
#   remedy: list the secrets that the workflow needs
#   links:
#     - https://docs.zizmor.sh/audits/#secrets-inherit
#   external:
#     - "CIS GitHub v1.2.0: 2.1.7"
#     - "zizmor: secrets-inherit"
package gatehouse.workflows.no_inherited_secrets

import data.gatehouse.lib.workflow

deny contains finding if {
	some id, job in workflow.jobs
	job.secrets == "inherit"
	finding := {
		"msg": sprintf("the job %s hands over every secret; name those that are needed", [id]),
		"address": workflow.address(id),
		"path": "secrets",
	}
}
