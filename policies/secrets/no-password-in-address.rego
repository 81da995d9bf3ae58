# METADATA
# title: no address holds a password
# description: In any document, no address holds a password
# custom:
#   id: no-password-in-address
#   level: blocking
#   reason: addresses are logged by everything that they pass (MAE-4)
#   remedy: pass the password as a secret of its own
#   links:
#     - https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
#   external:
#     - "CIS GitHub v1.2.0: 2.3.8"
#     - "CIS GitHub v1.2.0: 5.1.3"
#     - "Checkov: CKV_SECRET_4"
package gatehouse.secrets.no_password_in_address

import data.gatehouse.lib.paths

deny contains finding if {
	walk(input, [at, text])
	is_string(text)
	regex.match(`\b[a-z][a-z0-9+.-]*://[^/\s:@"'$<{]+:[^/\s:@"'$<{]+@[^/\s]`, text)
	finding := {
		"msg": "an address with a password stands here; pass the password as a secret",
		"address": "document",
		"path": paths.text(at),
	}
}
