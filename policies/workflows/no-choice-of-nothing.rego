# METADATA
# title: a choice can be for what it names
# description: In a workflow file, a choice can be for what it names
# custom:
#   id: no-choice-of-nothing
#   level: blocking
#   reason: "`a && '' || 'b'` is `'b'` whatever `a` is: what is empty, 0, false or null is passed over"
#   remedy: turn the choice round, or use `case(…)`
#   links:
#     - https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#operators
#     - https://docs.zizmor.sh/audits/#unsound-ternary
#   external:
#     - "zizmor: unsound-ternary"
package gatehouse.workflows.no_choice_of_nothing

import data.gatehouse.lib.workflow

deny contains finding if {
	some id, job in workflow.jobs
	some {"path": path, "expression": expression} in workflow.expressions(job)
	regex.match(`(?i)&&\s*(?:''|0|false|null)\s*\|\|`, expression)
	finding := {
		"msg": "what stands after && is never chosen; turn the choice round, or use case()",
		"address": workflow.address(id),
		"path": path,
	}
}
