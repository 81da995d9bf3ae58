# METADATA
# title: a network policy says from where and to where
# description: In a manifest, a rendered chart or a synthesized stack, a network policy says from where and to where
# custom:
#   id: network-peers-named
#   level: blocking
#   reason: a rule without peers is open to everything that there is
#   remedy: name the namespaces, pods or addresses
#   links:
#     - https://kubernetes.io/docs/concepts/services-networking/network-policies/
#   external: []
package gatehouse.kubernetes.network_peers_named

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration
import data.gatehouse.lib.manifest

peers := {"ingress": "from", "egress": "to"}

deny contains finding if {
	some name, policy in configuration.named("kubernetes_network_policy_v1")
	some path in open(policy.spec)
	finding := {
		"msg": "a rule without peers is open to everything; name them",
		"address": configuration.address("kubernetes_network_policy_v1", name),
		"path": concat(".", ["spec", path]),
	}
}

deny contains finding if {
	input.kind == "NetworkPolicy"
	some path in open(input.spec)
	finding := {
		"msg": "a rule without peers is open to everything; name them",
		"address": manifest.address,
		"path": concat(".", ["spec", path]),
	}
}

open(spec) := {sprintf("%s[%d].%s", [direction, index, side]) |
	some direction, side in peers
	some index, rule in blocks.list(spec[direction])
	count(object.get(rule, side, [])) == 0
}
