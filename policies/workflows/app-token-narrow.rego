# METADATA
# title: an app's token may do what is needed, where it is needed, and ends
# description: In a workflow file, an app's token may do what is needed, where it is needed, and ends
# custom:
#   id: app-token-narrow
#   level: blocking
#   reason: otherwise it may do everything that the app may, in every repository that the app is installed in
#   remedy: name `permission-…`, and `repositories` beside `owner`; leave `skip-token-revoke` off
#   links:
#     - https://github.com/actions/create-github-app-token
#     - https://docs.zizmor.sh/audits/#github-app
#   external:
#     - "zizmor: github-app"
package gatehouse.workflows.app_token_narrow

import data.gatehouse.lib.workflow

deny contains finding if {
	some found in workflow.using("actions/create-github-app-token")
	some {"path": path, "msg": msg} in wide(inputs(found.step))
	finding := {
		"msg": msg,
		"address": workflow.address(found.job),
		"path": concat(".", [found.path, path]),
	}
}

inputs(step) := step["with"] if {
	is_object(step["with"])
} else := {}

wide(given) := {{"path": path, "msg": msg} |
	some path, msg in {
		"with": "the token may do all that the app may; name its permissions",
		"with.owner": "the token is for every repository of the owner; name the repositories",
		"with.skip-token-revoke": "the token outlives the job; let it be revoked",
	}
	is_wide(given, path)
}

is_wide(given, "with") if {
	every name in object.keys(given) {
		not startswith(name, "permission-")
	}
}

is_wide(given, "with.owner") if {
	given.owner
	not given.repositories
	not is_for_organization(given)
}

is_wide(given, "with.skip-token-revoke") if not object.get(given, "skip-token-revoke", false) in {false, "false"}

# Permissions that no repository has.
is_for_organization(given) if {
	permissions := {name | some name, _ in given; startswith(name, "permission-")}
	count(permissions) > 0
	every name in permissions {
		regex.match(`^permission-(members|organization-.+|.+-for-organizations)$`, name)
	}
}
