package gatehouse.licenses.license_without_network_copyleft_test

import data.gatehouse.licenses.license_without_network_copyleft as rule

test_refuses_one_of_them if {
	findings := rule.deny with input as {
		"bomFormat": "CycloneDX",
		"specVersion": "1.6",
		"components": [{
			"type": "library",
			"name": "db",
			"version": "1.0.0",
			"licenses": [{"license": {"id": "AGPL-3.0-only"}}],
		}],
	}
	{[f.address, f.path] | some f in findings} == {["db", "components[0].licenses"]}
}

test_allows_a_choice if {
	findings := rule.deny with input as {
		"bomFormat": "CycloneDX",
		"specVersion": "1.6",
		"components": [{
			"type": "library",
			"name": "db",
			"version": "1.0.0",
			"licenses": [{"expression": "AGPL-3.0-only OR Apache-2.0"}],
		}],
	}
	count(findings) == 0
}

test_allows_a_permissive_one if {
	findings := rule.deny with input as {
		"bomFormat": "CycloneDX",
		"specVersion": "1.6",
		"components": [{"type": "library", "name": "free", "version": "1.0.0", "licenses": [{"license": {"id": "MIT"}}]}],
	}
	count(findings) == 0
}
