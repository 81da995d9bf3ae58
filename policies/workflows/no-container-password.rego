# METADATA
# title: a container's password is a secret
# description: In a workflow file, a container's password is a secret
# custom:
#   id: no-container-password
#   level: blocking
#   reason: who reads the repository reads the password
#   remedy: take it from `secrets`
#   links:
#     - https://docs.zizmor.sh/audits/#hardcoded-container-credentials
#   external:
#     - "CIS GitHub v1.2.0: 2.3.8"
#     - "zizmor: hardcoded-container-credentials"
package gatehouse.workflows.no_container_password

import data.gatehouse.lib.workflow

deny contains finding if {
	some id, job in workflow.jobs
	some path, password in passwords(job)
	not startswith(password, "${{")
	finding := {
		"msg": "the password of a registry stands in the workflow; take it from a secret",
		"address": workflow.address(id),
		"path": path,
	}
}

passwords(job) := object.union(
	{"container.credentials.password": password | password := job.container.credentials.password},
	{path: service.credentials.password |
		some name, service in job.services
		path := sprintf("services.%s.credentials.password", [name])
	},
)
