# METADATA
# title: a Worker's binding holds no secret
# description: In any document, a Worker's binding holds no secret
# custom:
#   id: no-secret-in-worker
#   level: blocking
#   reason: a binding's text lies in the state, and everyone who may read the account reads plain text (MAE-4)
#   remedy: set it with wrangler from the environment's secret
#   links:
#     - https://developers.cloudflare.com/workers/configuration/secrets/
#   external:
#     - "CIS GitHub v1.2.0: 5.1.3"
package gatehouse.secrets.no_secret_in_worker

import data.gatehouse.lib.configuration

deny contains finding if {
	some kind in {"cloudflare_worker_version", "cloudflare_workers_script"}
	some name, worker in configuration.named(kind)
	some index, binding in worker.bindings
	is_secret(binding)
	finding := {
		"msg": sprintf("the secret %s of the Worker stands in the stack; set it with wrangler", [binding.name]),
		"address": configuration.address(kind, name),
		"path": sprintf("bindings[%d].text", [index]),
	}
}

is_secret(binding) if {
	binding.type == "secret_text"
	binding.text != ""
}

is_secret(binding) if {
	binding.type == "plain_text"
	regex.match(`(?i)(^|_)(api_?key|credentials?|passw(or)?d|private_?key|secret|token)$`, binding.name)
}
