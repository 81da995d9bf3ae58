# METADATA
# title: a namespace is not destroyed with its stack
# description: In a synthesized stack, a namespace is not destroyed with its stack
# custom:
#   id: namespace-outlives-terraform
#   level: blocking
#   reason: everything in it goes along, what runs, its volumes and its secrets
#   remedy: keep `lifecycle.prevent_destroy`
#   links:
#     - https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
#   external: []
package gatehouse.kubernetes.namespace_outlives_terraform

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, namespace in configuration.named("kubernetes_namespace_v1")
	not outlives(namespace)
	finding := {
		"msg": "Terraform may destroy this namespace with all that is in it; prevent it",
		"address": configuration.address("kubernetes_namespace_v1", name),
		"path": "lifecycle.prevent_destroy",
	}
}

outlives(namespace) if configuration.outlives_terraform(namespace)

# A preview is there to go.
outlives(namespace) if blocks.one(namespace.metadata).labels["gatehouse.dev/kind"] == "preview"
