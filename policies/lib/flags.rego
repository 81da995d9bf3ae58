package gatehouse.lib.flags

import data.gatehouse.lib.configuration

# Documents with flag definitions (https://flagd.dev/schema/v0/flags.json): a file of its own, and what a synthesized stack delivers.
documents[""] := input if {
	is_object(input.flags)
	contains(object.get(input, "$schema", ""), "flagd.dev")
}

documents[address] := document if {
	some name, map in configuration.named("kubernetes_config_map_v1")
	document := json.unmarshal(map.data["flags.json"])
	address := configuration.address("kubernetes_config_map_v1", name)
}

documents[address] := document if {
	some name, entry in configuration.named("cloudflare_workers_kv")
	entry.key_name == "flags.json"
	document := json.unmarshal(entry.value)
	address := configuration.address("cloudflare_workers_kv", name)
}

# Every flag of them, with the place of its definition.
declared contains {"address": address, "path": sprintf("flags[\"%s\"]", [key]), "key": key, "flag": flag} if {
	some address, document in documents
	some key, flag in document.flags
}
