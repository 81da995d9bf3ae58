# METADATA
# title: a condition can be false
# description: In a workflow file, a condition can be false
# custom:
#   id: no-condition-always-true
#   level: blocking
#   reason: with anything beside the braces, a line break too, a condition is a text, and every text but the empty one is true
#   remedy: "write the condition without braces, or nothing beside them: `if: |-`"
#   links:
#     - https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
#     - https://docs.zizmor.sh/audits/#unsound-condition
#   external:
#     - "zizmor: unsound-condition"
package gatehouse.workflows.no_condition_always_true

import data.gatehouse.lib.workflow

deny contains finding if {
	some {"job": id, "path": path, "condition": condition} in workflow.conditions
	contains(condition, "${{")
	not is_one_expression(condition)
	finding := {
		"msg": "there is something beside the braces, so this is always true; write the condition without braces",
		"address": workflow.address(id),
		"path": path,
	}
}

is_one_expression(condition) if {
	startswith(condition, "${{")
	endswith(condition, "}}")
	count(split(condition, "${{")) == 2
}
