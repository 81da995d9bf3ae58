# METADATA
# title: secret scanning is on
# description: In a synthesized stack, secret scanning is on
# custom:
#   id: secret-scanning-on
#   level: blocking
#   phases: { security: blocking }
#   reason: a secret in the history is found by who looks first
#   remedy: keep it in `repository.security` of the declaration; private repositories need the license in services/organization.ts
#   links:
#     - https://docs.github.com/en/code-security/secret-scanning/introduction/about-secret-scanning
#   external:
#     - "CIS GitHub v1.2.0: 1.5.1"
package gatehouse.github.secret_scanning_on

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, repository in configuration.named("github_repository")
	not on(repository)
	finding := {
		"msg": "secret scanning is not enabled for this repository; it must be",
		"address": configuration.address("github_repository", name),
		"path": "security_and_analysis.secret_scanning.status",
	}
}

on(repository) if {
	blocks.one(blocks.one(repository.security_and_analysis).secret_scanning).status == "enabled"
}
