# METADATA
# title: what a flag is set to is one of its values
# description: In a document with flags, or a synthesized stack that delivers one, what a flag is set to is one of its values
# custom:
#   id: value-is-known
#   level: blocking
#   reason: code gets what it falls back to, and whoever set the flag believes it is set
#   remedy: set it to one of its variants
#   links:
#     - https://flagd.dev/reference/flag-definitions/
#   external: []
package gatehouse.flags.value_is_known

import data.gatehouse.lib.flags

deny contains finding if {
	some one in flags.declared
	variants := object.keys(object.get(one.flag, "variants", {}))
	not object.get(one.flag, "defaultVariant", null) in variants
	finding := {
		"msg": sprintf("the flag %s is set to none of its values", [one.key]),
		"address": one.address,
		"path": concat(".", [one.path, "defaultVariant"]),
	}
}
