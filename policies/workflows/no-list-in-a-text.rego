# METADATA
# title: what is asked for in a list is asked for in a list
# description: In a workflow file, what is asked for in a list is asked for in a list
# custom:
#   id: no-list-in-a-text
#   level: blocking
#   reason: "`contains('refs/heads/main refs/heads/develop', github.ref)` is true of a branch named `mai`, too"
#   remedy: write `contains(fromJSON('["a", "b"]'), …)`, or compare with each
#   links:
#     - https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#contains
#     - https://docs.zizmor.sh/audits/#unsound-contains
#   external:
#     - "zizmor: unsound-contains"
package gatehouse.workflows.no_list_in_a_text

import data.gatehouse.lib.workflow

deny contains finding if {
	some {"job": id, "path": path, "condition": condition} in workflow.conditions
	regex.match(`(?i)\bcontains\(\s*'[^']*'\s*,\s*[a-z_]`, condition)
	finding := {
		"msg": "a part of a name is enough for this text to contain it; ask for it in a list, by fromJSON",
		"address": workflow.address(id),
		"path": path,
	}
}
