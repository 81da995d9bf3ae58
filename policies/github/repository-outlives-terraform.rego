# METADATA
# title: a repository is neither destroyed with its stack nor by whoever does so all the same
# description: In a synthesized stack, a repository is neither destroyed with its stack nor by whoever does so all the same
# custom:
#   id: repository-outlives-terraform
#   level: blocking
#   reason: a destroyed repository takes its issues, releases and history along
#   remedy: keep `lifecycle.prevent_destroy`, and `archive_on_destroy` for the day when somebody takes that away
#   links:
#     - https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
#   external:
#     - "CIS GitHub v1.2.0: 1.2.3"
package gatehouse.github.repository_outlives_terraform

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, repository in configuration.named("github_repository")
	some path in missing(repository)
	finding := {
		"msg": sprintf("Terraform may destroy this repository; set %s", [path]),
		"address": configuration.address("github_repository", name),
		"path": path,
	}
}

missing(repository) := {"archive_on_destroy", "lifecycle.prevent_destroy"} - kept(repository)

kept(repository) := union({
	{"archive_on_destroy" | repository.archive_on_destroy == true},
	{"lifecycle.prevent_destroy" | configuration.outlives_terraform(repository)},
})
