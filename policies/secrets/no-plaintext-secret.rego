# METADATA
# title: a secret of GitHub is only passed sealed
# description: In any document, a secret of GitHub is only passed sealed
# custom:
#   id: no-plaintext-secret
#   level: blocking
#   reason: its plain value would lie in the state, in every plan, and in the stack (MAE-4)
#   remedy: seal it for the environment's public key and pass `encrypted_value`
#   links:
#     - https://docs.github.com/en/rest/guides/encrypting-secrets-for-the-rest-api
#   external:
#     - "CIS GitHub v1.2.0: 5.1.3"
#     - "Checkov: CKV_GIT_4"
package gatehouse.secrets.no_plaintext_secret

import data.gatehouse.lib.configuration

kinds := {
	"github_actions_environment_secret",
	"github_actions_organization_secret",
	"github_actions_secret",
	"github_codespaces_secret",
	"github_dependabot_organization_secret",
	"github_dependabot_secret",
}

deny contains finding if {
	some kind in kinds
	some name, secret in configuration.named(kind)
	object.get(secret, "plaintext_value", "") != ""
	finding := {
		"msg": "the secret is passed in clear; pass it sealed, as encrypted_value",
		"address": configuration.address(kind, name),
		"path": "plaintext_value",
	}
}
