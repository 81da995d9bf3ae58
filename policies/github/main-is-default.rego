# METADATA
# title: a repository's default branch is main
# description: In a synthesized stack, a repository's default branch is main
# custom:
#   id: main-is-default
#   level: blocking
#   reason: what is opened against another branch is not held by the rules of main
#   remedy: keep `branch` main
#   links:
#     - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-branches-in-your-repository/changing-the-default-branch
#   external:
#     - "Allstar: Branch Protection"
#     - "CIS GitHub v1.2.0: 1.1.20"
package gatehouse.github.main_is_default

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, default_branch in configuration.named("github_branch_default")
	default_branch.branch != "main"
	finding := {
		"msg": sprintf("%s is the default branch; the rules are those of main", [default_branch.branch]),
		"address": configuration.address("github_branch_default", name),
		"path": "branch",
	}
}
