# METADATA
# title: an action installs the version of its program that is named
# description: In a workflow file, an action installs the version of its program that is named
# custom:
#   id: tools-of-actions-pinned
#   level: blocking
#   reason: what was released an hour ago runs with the token and the secrets of the job (POS-4)
#   remedy: write the version of the program in the input of the action
#   links:
#     - https://docs.zizmor.sh/audits/#unpinned-tools
#   external:
#     - "zizmor: unpinned-tools"
package gatehouse.workflows.tools_of_actions_pinned

import data.gatehouse.lib.workflow

# Of these, whoever says no version gets the newest.
newest_by_default := {"1password/load-secrets-action", "aquasecurity/setup-trivy"}

deny contains finding if {
	some found in workflow.steps
	some name, value in found.step["with"]
	regex.match(`(^|[-_])version$`, lower(name))
	lower(value) == "latest"
	finding := {
		"msg": sprintf("%s installs what is newest; name a version", [found.step.uses]),
		"address": workflow.address(found.job),
		"path": sprintf("%s.with.%s", [found.path, name]),
	}
}

deny contains finding if {
	some action in newest_by_default
	some found in workflow.using(action)
	object.get(found.step, ["with", "version"], "") == ""
	finding := {
		"msg": sprintf("%s installs what is newest; name a version", [found.step.uses]),
		"address": workflow.address(found.job),
		"path": concat(".", [found.path, "with.version"]),
	}
}
