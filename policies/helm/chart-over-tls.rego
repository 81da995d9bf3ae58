# METADATA
# title: a chart comes over TLS
# description: In a synthesized stack, a chart comes over TLS
# custom:
#   id: chart-over-tls
#   level: blocking
#   reason: a chart is what runs in the cluster
#   remedy: use https:// or oci://
#   links:
#     - https://registry.terraform.io/providers/hashicorp/helm/3.1.1/docs/resources/release
#   external: []
package gatehouse.helm.chart_over_tls

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, release in configuration.named("helm_release")
	some key in {"chart", "repository"}
	startswith(lower(release[key]), "http:")
	finding := {
		"msg": sprintf("%s can be changed on its way; use https:// or oci://", [release[key]]),
		"address": configuration.address("helm_release", name),
		"path": key,
	}
}
