# METADATA
# title: nothing that was downloaded is run unseen
# description: In a workflow file, nothing that was downloaded is run unseen
# custom:
#   id: no-download-into-shell
#   level: blocking
#   reason: what the server sends today is run with the run's token
#   remedy: download, compare the checksum, then run
#   links:
#     - https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies
#   external:
#     - "OpenSSF Scorecard: Pinned-Dependencies"
#     - "CIS GitHub v1.2.0: 2.4.3"
package gatehouse.workflows.no_download_into_shell

import data.gatehouse.lib.workflow

deny contains finding if {
	some found in workflow.steps
	regex.match(`(curl|wget)\b[^|;&]*\|\s*(sudo\s+)?(ba|z|da)?sh\b|(ba)?sh\s+(-c\s+)?"?(<\(|\$\()\s*(curl|wget)`, found.step.run)
	finding := {
		"msg": "a download is run as it comes; compare its checksum first",
		"address": workflow.address(found.job),
		"path": concat(".", [found.path, "run"]),
	}
}
