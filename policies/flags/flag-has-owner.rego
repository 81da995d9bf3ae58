# METADATA
# title: a flag has an owner
# description: In a document with flags, or a synthesized stack that delivers one, a flag has an owner
# custom:
#   id: flag-has-owner
#   level: blocking
#   reason: nobody dares to remove what is nobody's
#   remedy: name the role that answers for it
#   links:
#     - https://flagd.dev/reference/flag-definitions/
#   external: []
package gatehouse.flags.flag_has_owner

import data.gatehouse.lib.flags

deny contains finding if {
	some one in flags.declared
	object.get(one.flag, ["metadata", "owner"], "") == ""
	finding := {
		"msg": sprintf("nobody answers for the flag %s", [one.key]),
		"address": one.address,
		"path": concat(".", [one.path, "metadata.owner"]),
	}
}
