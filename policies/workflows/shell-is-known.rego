# METADATA
# title: a script runs in a shell that checkers read
# description: In a workflow file, a script runs in a shell that checkers read
# custom:
#   id: shell-is-known
#   level: advisory
#   reason: nobody reads for mistakes what runs in cmd, or in a shell of one's own
#   remedy: use bash, sh, pwsh or python; install Python packages by a step, in an environment of their own
#   links:
#     - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#defaultsrunshell
#     - https://docs.zizmor.sh/audits/#misfeature
#   external:
#     - "zizmor: misfeature"
package gatehouse.workflows.shell_is_known

import data.gatehouse.lib.workflow

deny contains finding if {
	some {"address": address, "path": path, "shell": shell} in shells
	not is_known(shell)
	finding := {
		"msg": sprintf("no checker reads scripts for %s; use bash, sh, pwsh or python", [shell]),
		"address": address,
		"path": path,
	}
}

deny contains finding if {
	some found in workflow.using("actions/setup-python")
	found.step["with"]["pip-install"]
	finding := {
		"msg": "packages are installed into the Python of the machine; make a virtual environment in a step",
		"address": workflow.address(found.job),
		"path": concat(".", [found.path, "with.pip-install"]),
	}
}

# With its arguments, or without.
is_known(shell) if split(shell, " ")[0] in {"bash", "powershell", "pwsh", "python", "sh"}

shells contains {"address": "workflow", "path": "defaults.run.shell", "shell": input.defaults.run.shell} if count(workflow.jobs) > 0

shells contains {"address": workflow.address(id), "path": "defaults.run.shell", "shell": job.defaults.run.shell} if {
	some id, job in workflow.jobs
}

shells contains {"address": workflow.address(found.job), "path": concat(".", [found.path, "shell"]), "shell": found.step.shell} if {
	some found in workflow.steps
}
