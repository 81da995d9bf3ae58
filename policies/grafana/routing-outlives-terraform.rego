# METADATA
# title: what alerts depend on is not destroyed with its stack
# description: In a synthesized stack, what alerts depend on is not destroyed with its stack
# custom:
#   id: routing-outlives-terraform
#   level: blocking
#   reason: without the notification tree, their data source or their folder, alerts are told to nobody, or are gone
#   remedy: keep `lifecycle.prevent_destroy`; of a folder `prevent_destroy_if_not_empty`
#   links:
#     - https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
#   external: []
package gatehouse.grafana.routing_outlives_terraform

import data.gatehouse.lib.configuration

kinds := {"grafana_data_source", "grafana_notification_policy"}

deny contains finding if {
	some kind in kinds
	some name, resource in configuration.named(kind)
	not configuration.outlives_terraform(resource)
	finding := {
		"msg": "Terraform may destroy what alerts depend on; prevent it",
		"address": configuration.address(kind, name),
		"path": "lifecycle.prevent_destroy",
	}
}

deny contains finding if {
	some name, folder in configuration.named("grafana_folder")
	not folder.prevent_destroy_if_not_empty == true
	finding := {
		"msg": "Terraform may destroy this folder with the alerts in it; prevent it",
		"address": configuration.address("grafana_folder", name),
		"path": "prevent_destroy_if_not_empty",
	}
}
