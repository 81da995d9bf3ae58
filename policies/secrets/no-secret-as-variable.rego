# METADATA
# title: what is named as a secret is no variable
# description: In any document, what is named as a secret is no variable
# custom:
#   id: no-secret-as-variable
#   level: blocking
#   reason: everyone who reads the repository's settings or its logs reads a variable (MAE-4)
#   remedy: "declare the setting with `secret: true`"
#   links:
#     - https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-variables
#   external:
#     - "CIS GitHub v1.2.0: 5.1.3"
package gatehouse.secrets.no_secret_as_variable

import data.gatehouse.lib.configuration

kinds := {"github_actions_environment_variable", "github_actions_organization_variable", "github_actions_variable"}

deny contains finding if {
	some kind in kinds
	some name, variable in configuration.named(kind)
	regex.match(`(?i)(^|_)(api_?key|credentials?|passw(or)?d|private_?key|secret|token)$`, variable.variable_name)
	finding := {
		"msg": sprintf("%s is named as a secret and set as a variable; make it a secret", [variable.variable_name]),
		"address": configuration.address(kind, name),
		"path": "variable_name",
	}
}
