# METADATA
# title: a container takes a secret from a Secret
# description: In any document, a container takes a secret from a Secret
# custom:
#   id: no-secret-in-container-environment
#   level: blocking
#   reason: its value would stand in the manifest, and in every description of the pod (MAE-4)
#   remedy: use `valueFrom.secretKeyRef`
#   links:
#     - https://kubernetes.io/docs/concepts/configuration/secret/
#   external:
#     - "CIS GitHub v1.2.0: 5.1.3"
package gatehouse.secrets.no_secret_in_container_environment

import data.gatehouse.lib.manifest

deny contains finding if {
	some found in manifest.containers
	some index, variable in found.container.env
	regex.match(`(?i)(^|_)(api_?key|credentials?|passw(or)?d|private_?key|secret|token)$`, variable.name)
	object.get(variable, "value", "") != ""
	finding := {
		"msg": sprintf("the value of %s stands in the manifest; take it from a Secret", [variable.name]),
		"address": manifest.address,
		"path": sprintf("%s.env[%d].value", [found.path, index]),
	}
}
