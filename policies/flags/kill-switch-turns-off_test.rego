package gatehouse.flags.kill_switch_turns_off_test

import data.gatehouse.flags.kill_switch_turns_off as rule

document(flag) := {"$schema": "https://flagd.dev/schema/v0/flags.json", "flags": {"new-till": flag}}

test_refuses_one_without_off if {
	findings := rule.deny with input as document({"state": "ENABLED", "variants": {"on": true}, "metadata": {"killSwitch": true}})
	{[f.address, f.path] | some f in findings} == {["", "flags[\"new-till\"].variants"]}
}

test_allows_one_with_both if {
	findings := rule.deny with input as document({"state": "ENABLED", "variants": {"on": true, "off": false}, "metadata": {"killSwitch": true}})
	count(findings) == 0
}
