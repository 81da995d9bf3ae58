# METADATA
# title: a release says exactly which version of its chart
# description: In a synthesized stack, a release says exactly which version of its chart
# custom:
#   id: version-exact
#   level: blocking
#   reason: otherwise an apply installs what was published this morning
#   remedy: write the version in full
#   links:
#     - https://registry.terraform.io/providers/hashicorp/helm/3.1.1/docs/resources/release
#   external:
#     - "CIS GitHub v1.2.0: 3.1.7"
#     - "CIS GitHub v1.2.0: 5.1.7"
package gatehouse.helm.version_exact

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, release in configuration.named("helm_release")
	not regex.match(`^v?[0-9]+\.[0-9]+\.[0-9]+([-+][0-9A-Za-z.+-]+)?$`, object.get(release, "version", ""))
	finding := {
		"msg": "the release takes whatever version of its chart there is; write one in full",
		"address": configuration.address("helm_release", name),
		"path": "version",
	}
}
