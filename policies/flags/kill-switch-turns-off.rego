# METADATA
# title: a kill switch can be turned off
# description: In a document with flags, or a synthesized stack that delivers one, a kill switch can be turned off
# custom:
#   id: kill-switch-turns-off
#   level: blocking
#   reason: in an emergency it is the one thing that must work
#   remedy: give it the variants on and off, and leave it enabled
#   links:
#     - https://flagd.dev/reference/flag-definitions/
#   external: []
package gatehouse.flags.kill_switch_turns_off

import data.gatehouse.lib.flags

deny contains finding if {
	some one in flags.declared
	one.flag.metadata.killSwitch == true
	not turns_off(one.flag)
	finding := {
		"msg": sprintf("the kill switch %s can't be turned off", [one.key]),
		"address": one.address,
		"path": concat(".", [one.path, "variants"]),
	}
}

turns_off(flag) if {
	flag.variants == {"on": true, "off": false}
	flag.state == "ENABLED"
}
