# METADATA
# title: push protection is on
# description: In a synthesized stack, push protection is on
# custom:
#   id: push-protection-on
#   level: blocking
#   phases: { security: blocking }
#   reason: a secret that was pushed once has to be taken for leaked
#   remedy: keep it in `repository.security` of the declaration; private repositories need the license in services/organization.ts
#   links:
#     - https://docs.github.com/en/code-security/secret-scanning/introduction/about-secret-scanning
#   external:
#     - "CIS GitHub v1.2.0: 1.5.1"
package gatehouse.github.push_protection_on

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

deny contains finding if {
	some name, repository in configuration.named("github_repository")
	not on(repository)
	finding := {
		"msg": "push protection is not enabled for this repository; it must be",
		"address": configuration.address("github_repository", name),
		"path": "security_and_analysis.secret_scanning_push_protection.status",
	}
}

on(repository) if {
	blocks.one(blocks.one(repository.security_and_analysis).secret_scanning_push_protection).status == "enabled"
}
