package gatehouse.lib.workflow

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
with_rights := triggers & {"pull_request_target", "workflow_run", "issue_comment", "issues", "discussion", "discussion_comment"}

address(job) := concat(".", ["jobs", job])

# Every step of every job: its job, where it is in that, and what it is.
steps contains {"job": job, "path": path, "step": step} if {
	some job, body in jobs
	some index, step in body.steps
	path := sprintf("steps[%d]", [index])
}

# The environment that a job deploys to, by name.
environment(job) := job.environment if is_string(job.environment)

environment(job) := job.environment.name if is_object(job.environment)
