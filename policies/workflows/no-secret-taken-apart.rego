# METADATA
# title: no expression takes a secret apart
# description: In a workflow file, no expression takes a secret apart
# custom:
#   id: no-secret-taken-apart
#   level: blocking
#   reason: GitHub masks a secret in logs as a whole; a part of it is shown
#   remedy: keep each value in a secret of its own
#   links:
#     - https://docs.github.com/en/actions/reference/security/secure-use
#     - https://docs.zizmor.sh/audits/#unredacted-secrets
#   external:
#     - "zizmor: unredacted-secrets"
package gatehouse.workflows.no_secret_taken_apart

import data.gatehouse.lib.workflow

deny contains finding if {
	some id, job in workflow.jobs
	some {"path": path, "expression": expression} in workflow.expressions(job)
	regex.match(`(?i)\bfromjson\(\s*secrets\b`, expression)
	finding := {
		"msg": "a part of a secret is not masked in logs; keep it in a secret of its own",
		"address": workflow.address(id),
		"path": path,
	}
}
