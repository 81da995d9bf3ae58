# METADATA
# title: a release of a chart of ours is linted at plan
# description: In a synthesized stack, a release of a chart of ours is linted at plan
# custom:
#   id: own-chart-linted
#   level: advisory
#   reason: a chart that can't be rendered is found when it is installed, in production last
#   remedy: keep `lint` on
#   links:
#     - https://registry.terraform.io/providers/hashicorp/helm/3.1.1/docs/resources/release
#   external: []
package gatehouse.helm.own_chart_linted

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, release in configuration.named("helm_release")

	# A chart that comes from somewhere was linted there.
	not release.repository
	not release.lint == true
	finding := {
		"msg": "nobody looks at the chart before it is installed; turn lint on",
		"address": configuration.address("helm_release", name),
		"path": "lint",
	}
}
