package gatehouse.lib.workflow

import data.gatehouse.lib.paths

# The jobs of a workflow file, by id; none in any other document.
jobs := input.jobs if {
	is_object(input.jobs)
	triggers
}

# YAML 1.1, which some readers still speak, takes the key `on` for true.
triggers := names(on)

on := input.on

on := input["true"] if not input.on

names(value) := {value} if is_string(value)

names(value) := {name | some name in value} if is_array(value)

names(value) := object.keys(value) if is_object(value)

# Triggers with which a stranger starts a run that has this repository's rights.
started_by_strangers if {
	some trigger in {"pull_request_target", "workflow_run", "issue_comment", "issues", "discussion", "discussion_comment"}
	trigger in triggers
}

address(job) := concat(".", ["jobs", job])

# Every step of every job: its job, where it is in that, and what it is.
steps contains {"job": job, "path": path, "step": step} if {
	some job, body in jobs
	some index, step in body.steps
	path := sprintf("steps[%d]", [index])
}

# Those that run side by side, in a group of their own: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
steps contains {"job": job, "path": path, "step": step} if {
	some job, body in jobs
	some index, group in body.steps
	some inner, step in group.parallel
	path := sprintf("steps[%d].parallel[%d]", [index, inner])
}

# Every `if` of every job and step that is a text: its job, where it is in that, and what it says.
conditions contains {"job": job, "path": "if", "condition": body["if"]} if {
	some job, body in jobs
	is_string(body["if"])
}

conditions contains {"job": found.job, "path": concat(".", [found.path, "if"]), "condition": found.step["if"]} if {
	some found in steps
	is_string(found.step["if"])
}

# What stands in the braces of every `${{ … }}` in a value: where it is in that, and what it says.
expressions(value) := {{"path": paths.text(at), "expression": expression} |
	walk(value, [at, text])
	is_string(text)
	some [_, expression] in regex.find_all_string_submatch_n(`(?s)\$\{\{(.*?)\}\}`, text, -1)
}

# Every step that uses this action, whichever its version.
using(action) := {found |
	some found in steps
	startswith(lower(found.step.uses), concat("", [action, "@"]))
}

# The environment that a job deploys to, by name.
environment(job) := job.environment if is_string(job.environment)

environment(job) := job.environment.name if is_object(job.environment)
