package gatehouse.flags.flag_has_owner_test

import data.gatehouse.flags.flag_has_owner as rule

document(flag) := {"$schema": "https://flagd.dev/schema/v0/flags.json", "flags": {"new-till": flag}}

test_refuses_one_without if {
	findings := rule.deny with input as document({"metadata": {"owner": ""}})
	{[f.address, f.path] | some f in findings} == {["", "flags[\"new-till\"].metadata.owner"]}
}

test_refuses_one_in_a_stack if {
	text := json.marshal({"flags": {"new-till": {}}})
	findings := rule.deny with input as {"resource": {
		"kubernetes_config_map_v1": {"flags": {"data": {"flags.json": text}}},
		"cloudflare_workers_kv": {"entry": {"key_name": "flags.json", "value": text}, "other": {"key_name": "x", "value": "y"}},
	}}
	{f.address | some f in findings} == {"kubernetes_config_map_v1.flags", "cloudflare_workers_kv.entry"}
}

test_allows_one_with if {
	findings := rule.deny with input as document({"metadata": {"owner": "maintainers"}})
	count(findings) == 0
}
