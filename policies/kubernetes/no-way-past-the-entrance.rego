# METADATA
# title: a Service is reached through the entrance only
# description: In a manifest, a rendered chart or a synthesized stack, a Service is reached through the entrance only
# custom:
#   id: no-way-past-the-entrance
#   level: blocking
#   reason: a port of every node, or an address of one's own, is open past TLS, limits and policies
#   remedy: use ClusterIP, and a route of the entrance
#   links:
#     - https://github.com/kubernetes/kubernetes/issues/97076
#   external: []
package gatehouse.kubernetes.no_way_past_the_entrance

import data.gatehouse.lib.manifest

deny contains finding if {
	input.kind == "Service"
	some path in ways_in(input.spec)
	finding := {
		"msg": sprintf("the Service is reached by its %s, past the entrance; use ClusterIP and a route", [path]),
		"address": manifest.address,
		"path": concat(".", ["spec", path]),
	}
}

ways_in(spec) := {"type" | spec.type in {"LoadBalancer", "NodePort"}} | {"externalIPs" | count(spec.externalIPs) > 0}
