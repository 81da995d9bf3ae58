# METADATA
# title: a release keeps what it can go back to
# description: In a synthesized stack, a release keeps what it can go back to
# custom:
#   id: history-kept
#   level: blocking
#   reason: without a version before there is no rollback
#   remedy: keep `max_history` at 2 or more
#   links:
#     - https://registry.terraform.io/providers/hashicorp/helm/3.1.1/docs/resources/release
#   external: []
package gatehouse.helm.history_kept

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, release in configuration.named("helm_release")

	# 0 is no limit.
	object.get(release, "max_history", 0) == 1
	finding := {
		"msg": "only the newest version is kept, and nothing to go back to; keep two or more",
		"address": configuration.address("helm_release", name),
		"path": "max_history",
	}
}
