# METADATA
# title: a release that fails goes back
# description: In a synthesized stack, a release that fails goes back
# custom:
#   id: failed-release-goes-back
#   level: blocking
#   reason: half a release stays, and the next one fails over it
#   remedy: keep `atomic`, `cleanup_on_fail`, `wait` and `wait_for_jobs`
#   links:
#     - https://registry.terraform.io/providers/hashicorp/helm/3.1.1/docs/resources/release
#   external: []
package gatehouse.helm.failed_release_goes_back

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, release in configuration.named("helm_release")
	some key in {"atomic", "cleanup_on_fail", "wait", "wait_for_jobs"}
	not release[key] == true
	finding := {
		"msg": sprintf("%s is off: a release that fails stays half done; turn it on", [key]),
		"address": configuration.address("helm_release", name),
		"path": key,
	}
}
