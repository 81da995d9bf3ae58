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
	some [expression] in regex.find_all_string_submatch_n(`\$\{\{[^}]*\}\}`, text, -1)
	regex.match(`github\.(event\.|head_ref|ref_name|actor)|inputs\.|steps\.|needs\.`, expression)
	finding := {
		"msg": sprintf("%s is written into a script; pass it as a variable", [expression]),
		"address": workflow.address(found.job),
		"path": concat(".", [found.path, path]),
	}
}

scripts(step) := {path: text |
	some path, text in {
		"run": object.get(step, "run", ""),
		"with.script": object.get(step, ["with", "script"], ""),
	}
	is_string(text)
}
