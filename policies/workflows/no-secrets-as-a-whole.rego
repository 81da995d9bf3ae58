# METADATA
# title: nothing gets all secrets at once
# description: In a workflow file, nothing gets all secrets at once
# custom:
#   id: no-secrets-as-a-whole
#   level: blocking
#   reason: "`toJSON(secrets)` hands over every secret, and a log masks none of them in that form"
#   remedy: name the secret that is needed
#   links:
#     - https://docs.zizmor.sh/audits/#overprovisioned-secrets
#   external:
#     - "CIS GitHub v1.2.0: 2.1.7"
#     - "zizmor: overprovisioned-secrets"
package gatehouse.workflows.no_secrets_as_a_whole

import data.gatehouse.lib.paths
import data.gatehouse.lib.workflow

deny contains finding if {
	some id, job in workflow.jobs
	walk(job, [at, text])
	is_string(text)
	regex.match(`(?i)tojson\(\s*secrets\s*\)|\bsecrets\[[^'"]`, text)
	finding := {
		"msg": "all secrets are handed over; name the one that is needed",
		"address": workflow.address(id),
		"path": paths.text(at),
	}
}
