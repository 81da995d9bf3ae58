package gatehouse.secrets.no_password_in_address_test

import data.gatehouse.secrets.no_password_in_address as rule

test_refuses_an_address_of_a_database if {
	findings := rule.deny with input as {"env": {"DB": concat("", ["postgres://", "shop", ":", "hunter", "@db.example.com/shop"])}}
	{[f.address, f.path] | some f in findings} == {["document", "env.DB"]}
}

test_allows_an_address_whose_password_is_a_variable if {
	findings := rule.deny with input as {"env": {"DB": concat("", ["postgres://", "shop", ":", "$PASSWORD", "@db.example.com/shop"])}}
	count(findings) == 0
}

test_allows_an_image_with_a_digest if {
	findings := rule.deny with input as {"image": "oci://registry.example.com:5000/shop@sha256:0"}
	count(findings) == 0
}
