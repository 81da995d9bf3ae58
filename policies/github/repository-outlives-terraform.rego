# METADATA
# title: a repository is not destroyed with its stack
# description: In a synthesized stack, a repository is not destroyed with its stack
# custom:
#   id: repository-outlives-terraform
#   level: blocking
#   reason: a destroyed repository takes its issues, releases and history along
#   remedy: keep `lifecycle.prevent_destroy` or `archive_on_destroy`
#   links:
#     - https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
#   external:
#     - CIS GitHub 1.2.3
package gatehouse.github.repository_outlives_terraform

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, repository in configuration.named("github_repository")
	not outlives(repository)
	finding := {
		"msg": "Terraform may destroy this repository; prevent it, or have it archived instead",
		"address": configuration.address("github_repository", name),
		"path": "lifecycle.prevent_destroy",
	}
}

outlives(repository) if repository.archive_on_destroy == true

outlives(repository) if blocks.one(repository.lifecycle).prevent_destroy == true
