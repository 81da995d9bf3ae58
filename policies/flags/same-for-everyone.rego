# METADATA
# title: a flag is the same for all that ask
# description: In a document with flags, or a synthesized stack that delivers one, a flag is the same for all that ask
# custom:
#   id: same-for-everyone
#   level: blocking
#   reason: a share of the requests is a canary's matter, which is judged; names of users in a flag are data
#   remedy: take the targeting out
#   links:
#     - https://flagd.dev/reference/flag-definitions/
#   external: []
package gatehouse.flags.same_for_everyone

import data.gatehouse.lib.flags

deny contains finding if {
	some one in flags.declared
	count(object.get(one.flag, "targeting", {})) > 0
	finding := {
		"msg": sprintf("the flag %s differs by who asks", [one.key]),
		"address": one.address,
		"path": concat(".", [one.path, "targeting"]),
	}
}
