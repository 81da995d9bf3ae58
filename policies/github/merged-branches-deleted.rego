# METADATA
# title: merged branches are deleted
# description: In a synthesized stack, merged branches are deleted
# custom:
#   id: merged-branches-deleted
#   level: advisory
#   reason: a branch that stays is pushed to again, past the review that it had
#   remedy: keep `delete_branch_on_merge` on
#   links:
#     - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-the-automatic-deletion-of-branches
#   external:
#     - "CIS GitHub v1.2.0: 1.1.8"
#     - "Checkov: CKV_GITHUB_15"
package gatehouse.github.merged_branches_deleted

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, repository in configuration.named("github_repository")
	not repository.delete_branch_on_merge == true
	finding := {
		"msg": "branches stay after they were merged; have them deleted",
		"address": configuration.address("github_repository", name),
		"path": "delete_branch_on_merge",
	}
}
