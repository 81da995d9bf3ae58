# METADATA
# title: a deploy key only reads
# description: In a synthesized stack, a deploy key only reads
# custom:
#   id: deploy-key-reads
#   level: blocking
#   reason: a key that writes is a person without a name, and no ruleset knows who it was
#   remedy: set `read_only`, or use an app
#   links:
#     - https://docs.github.com/en/authentication/connecting-to-github-with-ssh/managing-deploy-keys
#   external:
#     - "CIS GitHub v1.2.0: 1.1.15"
package gatehouse.github.deploy_key_reads

import data.gatehouse.lib.configuration

deny contains finding if {
	some name, key in configuration.named("github_repository_deploy_key")
	not key.read_only == true
	finding := {
		"msg": "the deploy key may write; it must be read-only",
		"address": configuration.address("github_repository_deploy_key", name),
		"path": "read_only",
	}
}
