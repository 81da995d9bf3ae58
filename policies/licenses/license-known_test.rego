package gatehouse.licenses.license_known_test

import data.gatehouse.licenses.license_known as rule

test_refuses_one_that_says_nothing if {
	findings := rule.deny with input as {
		"bomFormat": "CycloneDX",
		"specVersion": "1.6",
		"components": [{"type": "library", "name": "mystery", "version": "1.0.0"}],
	}
	{[f.address, f.path] | some f in findings} == {["mystery", "components[0].licenses"]}
}

test_refuses_one_that_says_it_is_unlicensed if {
	findings := rule.deny with input as {
		"bomFormat": "CycloneDX",
		"specVersion": "1.6",
		"components": [
			{"type": "library", "name": "free", "version": "1.0.0", "licenses": [{"license": {"id": "MIT"}}]},
			{
				"type": "library",
				"name": "mystery",
				"version": "1.0.0",
				"licenses": [{"license": {"name": "UNLICENSED"}}],
			},
		],
	}
	{[f.address, f.path] | some f in findings} == {["mystery", "components[1].licenses"]}
}

test_allows_one_that_says_it if {
	findings := rule.deny with input as {
		"bomFormat": "CycloneDX",
		"specVersion": "1.6",
		"components": [{
			"type": "library",
			"name": "free",
			"version": "1.0.0",
			"licenses": [{"expression": "MIT OR Apache-2.0"}],
		}],
	}
	count(findings) == 0
}
