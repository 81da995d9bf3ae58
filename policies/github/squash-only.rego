# METADATA
# title: squash is the only merge method
# description: In a synthesized stack, squash is the only merge method
# custom:
#   id: squash-only
#   level: advisory
#   reason: one change is one commit of main, with the name that was reviewed (POS-1, MAE-3)
#   remedy: set `repository.merge` to `["squash"]` in the declaration
#   links:
#     - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/about-merge-methods-on-github
#   external:
#     - "CIS GitHub v1.2.0: 1.1.13"
package gatehouse.github.squash_only

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, repository in configuration.named("github_repository")
	some method in {"allow_merge_commit", "allow_rebase_merge"}

	# GitHub allows what nobody turns off.
	object.get(repository, method, true) != false
	finding := {
		"msg": sprintf("%s is on; squash must be the only way to merge", [method]),
		"address": configuration.address("github_repository", name),
		"path": method,
	}
}
