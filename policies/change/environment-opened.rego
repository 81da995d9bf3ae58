# METADATA
# title: a plan opens no environment
# description: From before to after, a plan opens no environment
# custom:
#   id: environment-opened
#   level: blocking
#   reason: each of these lets a deployment past a person or out of main (POS-5, POS-6)
#   remedy: keep the protection of the stage, or have the change waived by somebody else
#   links:
#     - https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   external:
#     - "CIS GitHub v1.2.0: 5.2.3"
package gatehouse.change.environment_opened

import data.gatehouse.lib.plan

deny contains finding if {
	some change in plan.updated("github_repository_environment")
	some path in (closed(change.before) - closed(change.after))
	finding := {
		"msg": sprintf("the environment is opened by its %s", [path]),
		"address": change.address,
		"path": path,
		"before": object.get(change.before, path, null),
		"after": object.get(change.after, path, null),
	}
}

deny contains finding if {
	some change in plan.destroyed("github_repository_environment")
	finding := {
		"msg": "the environment is destroyed, with its protection and its secrets; a deployment makes an open one of the same name",
		"address": change.address,
		"path": "",
		"before": object.get(change.before, "environment", null),
		"after": null,
	}
}

# The ways of an environment that are shut.
closed(environment) := {path |
	some path, is_closed in {
		"can_admins_bypass": object.get(environment, "can_admins_bypass", true) == false,
		"prevent_self_review": object.get(environment, "prevent_self_review", false) == true,
		"deployment_branch_policy": count(object.get(environment, "deployment_branch_policy", [])) > 0,
	}
	is_closed
}
