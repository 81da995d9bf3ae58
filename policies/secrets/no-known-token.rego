# METADATA
# title: no document holds a token or a key
# description: In any document, no document holds a token or a key
# custom:
#   id: no-known-token
#   level: blocking
#   reason: what lies in a file was read by somebody; it has to be revoked (MAE-4)
#   remedy: revoke it, and seal its successor
#   links:
#     - https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
#   external:
#     - "CIS GitHub v1.2.0: 1.5.1"
#     - "CIS GitHub v1.2.0: 2.3.8"
#     - "CIS GitHub v1.2.0: 5.1.3"
#     - "Checkov: CKV_SECRET_2"
#     - "Checkov: CKV_SECRET_12"
#     - "Checkov: CKV_SECRET_13"
#     - "Checkov: CKV_SECRET_14"
package gatehouse.secrets.no_known_token

import data.gatehouse.lib.paths

# How the tokens of those begin whom services here use, and private keys.
shapes := {
	"an AWS access key": `\b(AKIA|ASIA)[0-9A-Z]{16}\b`,
	"a Fly.io token": `\bfm[12][ar]?_[A-Za-z0-9+/=]{40}`,
	"a GitHub token": `\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60})`,
	"a Grafana token": `\bgl(sa|c)_[A-Za-z0-9+/=_]{32}`,
	"a private key": `-----BEGIN ([A-Z]+ )*PRIVATE KEY`,
	"a Shopify token": `\bshp(at|ca|pa|ss)_[a-fA-F0-9]{32}\b`,
	"a Slack token": `\bxox[abprs]-[A-Za-z0-9-]{20}`,
	"an npm token": `\bnpm_[A-Za-z0-9]{36}\b`,
}

deny contains finding if {
	walk(input, [at, text])
	is_string(text)
	some kind, shape in shapes
	regex.match(shape, text)
	finding := {
		"msg": sprintf("this holds %s; revoke it, and seal its successor", [kind]),
		"address": "document",
		"path": paths.text(at),
	}
}
