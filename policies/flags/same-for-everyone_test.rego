package gatehouse.flags.same_for_everyone_test

import data.gatehouse.flags.same_for_everyone as rule

document(flag) := {"$schema": "https://flagd.dev/schema/v0/flags.json", "flags": {"new-till": flag}}

test_refuses_targeting if {
	findings := rule.deny with input as document({"targeting": {"if": [true, "on", "off"]}})
	{[f.address, f.path] | some f in findings} == {["", "flags[\"new-till\"].targeting"]}
}

test_allows_none if {
	findings := rule.deny with input as document({"targeting": {}})
	count(findings) == 0
}
