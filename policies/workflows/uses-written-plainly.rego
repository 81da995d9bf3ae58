# METADATA
# title: what a workflow uses is written as it is read
# description: In a workflow file, what a workflow uses is written as it is read
# custom:
#   id: uses-written-plainly
#   level: blocking
#   reason: "`owner/action/./x//y` is the same as `owner/action/x/y` for GitHub, and another for whoever looks for it in a list"
#   remedy: write each part of the path once, without dots of its own, and inputs one by one
#   links:
#     - https://docs.zizmor.sh/audits/#obfuscation
#   external:
#     - "zizmor: obfuscation"
package gatehouse.workflows.uses_written_plainly

import data.gatehouse.lib.workflow

deny contains finding if {
	some found in workflow.steps
	is_disguised(found.step.uses)
	finding := {
		"msg": sprintf("%s is a disguise of another path; write that", [found.step.uses]),
		"address": workflow.address(found.job),
		"path": concat(".", [found.path, "uses"]),
	}
}

deny contains finding if {
	some id, job in workflow.jobs
	is_disguised(job.uses)
	finding := {
		"msg": sprintf("%s is a disguise of another path; write that", [job.uses]),
		"address": workflow.address(id),
		"path": "uses",
	}
}

deny contains finding if {
	some found in workflow.steps
	is_string(found.step["with"])
	finding := {
		"msg": "nobody can read what is given to this action; write its inputs one by one",
		"address": workflow.address(found.job),
		"path": concat(".", [found.path, "with"]),
	}
}

# But for the first part of what is here: `./` and `$/`.
is_disguised(uses) if {
	not startswith(uses, "docker://")
	path := split(trim_prefix(trim_prefix(uses, "./"), "$/"), "@")[0]
	path != ""
	some part in split(path, "/")
	part in {"", ".", ".."}
}
