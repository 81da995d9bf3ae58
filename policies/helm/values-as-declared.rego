# METADATA
# title: a release has the values that are declared, and no others
# description: In a synthesized stack, a release has the values that are declared, and no others
# custom:
#   id: values-as-declared
#   level: blocking
#   reason: what somebody set by hand would stay, and be seen by nobody
#   remedy: keep `reset_values` on and `reuse_values` off
#   links:
#     - https://registry.terraform.io/providers/hashicorp/helm/3.1.1/docs/resources/release
#   external: []
package gatehouse.helm.values_as_declared

import data.gatehouse.lib.configuration

wanted := {"reset_values": true, "reuse_values": false}

deny contains finding if {
	some name, release in configuration.named("helm_release")
	some key, value in wanted
	object.get(release, key, false) != value
	finding := {
		"msg": sprintf("values of the release before stay; set %s to %v", [key, value]),
		"address": configuration.address("helm_release", name),
		"path": key,
	}
}
