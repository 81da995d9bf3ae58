# METADATA
# title: a script takes values from its environment
# description: In a workflow file, a script takes values from its environment
# custom:
#   id: no-template-in-script
#   level: blocking
#   reason: a title with `$(…)` in it is run as a part of the script
#   remedy: give the value to the step's `env` and read the variable
#   links:
#     - https://docs.github.com/en/actions/reference/security/secure-use
#     - https://docs.zizmor.sh/audits/#template-injection
#   external:
#     - "OpenSSF Scorecard: Dangerous-Workflow"
#     - "Allstar: Dangerous Workflow"
#     - "Checkov: CKV_GHA_2"
#     - "zizmor: template-injection"
package gatehouse.workflows.no_template_in_script

import data.gatehouse.lib.workflow

deny contains finding if {
	some found in workflow.steps
	some path, text in scripts(found.step)
	some {"path": _, "expression": expression} in workflow.expressions(text)
	some context in contexts(expression)
	not is_fixed(context)
	finding := {
		"msg": sprintf("${{%s}} is written into a script; pass it as a variable", [expression]),
		"address": workflow.address(found.job),
		"path": concat(".", [found.path, path]),
	}
}

# What an expression reads. What stands between quotes is text: `'github.com'`.
contexts(expression) := {context |
	some index, part in split(expression, "'")
	index % 2 == 0
	some [context] in regex.find_all_string_submatch_n(`(?i)\b(?:env|github|inputs|job|jobs|matrix|needs|runner|secrets|steps|strategy|vars)\b[\w.*\[\]-]*`, part, -1)
}

# What GitHub or the runner makes, of letters that no shell takes for more.
is_fixed(context) if {
	regex.match(
		`(?i)^(?:github\.(?:action_path|api_url|event_name|graphql_url|job|repository|repository_id|repository_owner|repository_owner_id|run_attempt|run_id|run_number|server_url|sha|workspace)|job\.status|runner\.(?:arch|debug|environment|os|temp|tool_cache)|strategy\.(?:fail-fast|job-index|job-total|max-parallel))$`,
		context,
	)
}

scripts(step) := {path: text |
	some path, text in {
		"run": object.get(step, "run", ""),
		"with.script": object.get(step, ["with", "script"], ""),
	}
	is_string(text)
}
