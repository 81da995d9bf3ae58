# METADATA
# title: an ingress is no way into the configuration of its controller
# description: In a manifest or a rendered chart, an ingress is no way into the configuration of its controller
# custom:
#   id: no-ingress-snippets
#   level: blocking
#   reason: a snippet of nginx runs in the controller, which reads every secret of the cluster (CVE-2021-25742)
#   remedy: say it by an annotation of its own, or in the configuration of the controller
#   links:
#     - https://github.com/advisories/GHSA-4pp2-3663-mcw8
#   external:
#     - "Checkov: CKV_K8S_152"
#     - "Checkov: CKV_K8S_153"
#     - "Checkov: CKV_K8S_154"
package gatehouse.kubernetes.no_ingress_snippets

import data.gatehouse.lib.manifest

deny contains finding if {
	manifest.address
	input.kind == "Ingress"
	some annotation, _ in input.metadata.annotations
	contains(annotation, "snippet")
	finding := {
		"msg": sprintf("%s is configuration that runs in the controller; take that out", [annotation]),
		"address": manifest.address,
		"path": sprintf("metadata.annotations[\"%s\"]", [annotation]),
	}
}
