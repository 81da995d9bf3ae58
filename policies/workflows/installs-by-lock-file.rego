# METADATA
# title: a workflow installs what the lock file says
# description: In a workflow file, a workflow installs what the lock file says
# custom:
#   id: installs-by-lock-file
#   level: blocking
#   reason: otherwise main is built with what was published an hour ago (POS-4)
#   remedy: use `npm ci`, or pip with `--require-hashes`
#   links:
#     - https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies
#   external:
#     - "OpenSSF Scorecard: Pinned-Dependencies"
#     - "CIS GitHub v1.2.0: 2.4.2"
#     - "zizmor: adhoc-packages"
package gatehouse.workflows.installs_by_lock_file

import data.gatehouse.lib.workflow

deny contains finding if {
	some found in workflow.steps
	some line in split(found.step.run, "\n")
	regex.match(`\b(npm (install|i|add)|yarn add|pip3? install)\b`, line)
	not regex.match(`--require-hashes|@[0-9]+\.[0-9]+\.[0-9]+`, line)
	finding := {
		"msg": sprintf("\"%s\" installs what is newest; install what a lock file says", [trim_space(line)]),
		"address": workflow.address(found.job),
		"path": concat(".", [found.path, "run"]),
	}
}
