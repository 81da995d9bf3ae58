package gatehouse.flags.value_is_known_test

import data.gatehouse.flags.value_is_known as rule

document(flag) := {"$schema": "https://flagd.dev/schema/v0/flags.json", "flags": {"new-till": flag}}

test_refuses_a_value_that_is_none if {
	findings := rule.deny with input as document({"variants": {"on": true, "off": false}, "defaultVariant": "of"})
	{[f.address, f.path] | some f in findings} == {["", "flags[\"new-till\"].defaultVariant"]}
}

test_allows_one_of_them if {
	findings := rule.deny with input as document({"variants": {"on": true, "off": false}, "defaultVariant": "off"})
	count(findings) == 0
}
