package gatehouse.flags.flag_ends_test

import data.gatehouse.flags.flag_ends as rule

document(flag) := {"$schema": "https://flagd.dev/schema/v0/flags.json", "flags": {"new-till": flag}}

test_refuses_one_that_stays if {
	findings := rule.deny with input as document({"metadata": {"expires": "permanent", "killSwitch": false}})
	{[f.address, f.path] | some f in findings} == {["", "flags[\"new-till\"].metadata.expires"]}
}

test_allows_one_that_ends if {
	findings := rule.deny with input as document({"metadata": {"expires": "2027-01-31"}})
	count(findings) == 0
}

test_allows_a_kill_switch_to_stay if {
	findings := rule.deny with input as document({"metadata": {"expires": "permanent", "killSwitch": true}})
	count(findings) == 0
}
