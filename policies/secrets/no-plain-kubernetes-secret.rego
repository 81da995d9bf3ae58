# METADATA
# title: a Secret reaches the cluster sealed
# description: In any document, a Secret reaches the cluster sealed
# custom:
#   id: no-plain-kubernetes-secret
#   level: blocking
#   reason: "base64 is no seal: whoever reads the file has the value (MAE-4)"
#   remedy: make a SealedSecret of it
#   links:
#     - https://github.com/bitnami-labs/sealed-secrets
#   external:
#     - "CIS GitHub v1.2.0: 5.1.3"
package gatehouse.secrets.no_plain_kubernetes_secret

import data.gatehouse.lib.configuration
import data.gatehouse.lib.manifest

deny contains finding if {
	input.kind == "Secret"
	some key in {"data", "stringData"}
	count(input[key]) > 0
	finding := {
		"msg": "the Secret holds its values; seal it",
		"address": manifest.address,
		"path": key,
	}
}

deny contains finding if {
	some kind in {"kubernetes_secret", "kubernetes_secret_v1"}
	some name, secret in configuration.named(kind)
	some key in {"binary_data", "data"}
	count(secret[key]) > 0
	finding := {
		"msg": "the values of this Secret lie in the state; have the controller unseal them in the cluster",
		"address": configuration.address(kind, name),
		"path": key,
	}
}
