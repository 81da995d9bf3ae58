# METADATA
# title: no contact point or data source holds a credential
# description: In any document, no contact point or data source holds a credential
# custom:
#   id: no-secret-in-contact-point
#   level: blocking
#   reason: the provider keeps it in the state in clear, and never sees that it changed (MAE-4)
#   remedy: make the contact point by hand and name it, or pass its credential in the provider's environment
#   links:
#     - https://registry.terraform.io/providers/grafana/grafana/latest/docs/resources/contact_point
#   external:
#     - "CIS GitHub v1.2.0: 5.1.3"
package gatehouse.secrets.no_secret_in_contact_point

import data.gatehouse.lib.configuration
import data.gatehouse.lib.paths

credentials := {"authorization_credentials", "basic_auth_password", "integration_key", "password", "token"}

deny contains finding if {
	some name, point in configuration.named("grafana_contact_point")
	walk(point, [at, value])
	at[count(at) - 1] in credentials
	is_string(value)
	not startswith(value, "${")
	finding := {
		"msg": "the credential of this contact point stands in the stack; name a contact point that was made by hand",
		"address": configuration.address("grafana_contact_point", name),
		"path": paths.text(at),
	}
}

deny contains finding if {
	some name, source in configuration.named("grafana_data_source")
	some key in {"http_headers", "secure_json_data_encoded"}
	source[key]
	finding := {
		"msg": "the credential of this data source stands in the stack; set it by hand",
		"address": configuration.address("grafana_data_source", name),
		"path": key,
	}
}
