# METADATA
# title: a release forces nothing
# description: In a synthesized stack, a release forces nothing
# custom:
#   id: nothing-forced
#   level: blocking
#   reason: it would delete what it can't change, or take over what another made
#   remedy: keep these off; what stands in the way is looked at by a person
#   links:
#     - https://registry.terraform.io/providers/hashicorp/helm/3.1.1/docs/resources/release
#   external: []
package gatehouse.helm.nothing_forced

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, release in configuration.named("helm_release")
	some key in {"disable_openapi_validation", "disable_webhooks", "force_update", "recreate_pods", "replace", "take_ownership"}
	release[key] == true
	finding := {
		"msg": sprintf("%s is on: the release goes over what stands in its way; turn it off", [key]),
		"address": configuration.address("helm_release", name),
		"path": key,
	}
}
