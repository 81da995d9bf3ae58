# METADATA
# title: a flag ends, unless it is a kill switch
# description: In a document with flags, or a synthesized stack that delivers one, a flag ends, unless it is a kill switch
# custom:
#   id: flag-ends
#   level: blocking
#   reason: a flag that stays is a second program in the first one, which nobody tests
#   remedy: say until when it is needed
#   links:
#     - https://flagd.dev/reference/flag-definitions/
#   external: []
package gatehouse.flags.flag_ends

import data.gatehouse.lib.flags

deny contains finding if {
	some one in flags.declared
	not ends(one.flag)
	finding := {
		"msg": sprintf("the flag %s never ends, and is no kill switch", [one.key]),
		"address": one.address,
		"path": concat(".", [one.path, "metadata.expires"]),
	}
}

ends(flag) if regex.match(`^20[0-9]{2}-[0-9]{2}-[0-9]{2}$`, flag.metadata.expires)

ends(flag) if {
	flag.metadata.expires == "permanent"
	flag.metadata.killSwitch == true
}
