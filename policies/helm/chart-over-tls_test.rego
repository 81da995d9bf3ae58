package gatehouse.helm.chart_over_tls_test

import data.gatehouse.helm.chart_over_tls as rule

test_refuses_a_repository_without_tls if {
	findings := rule.deny with input as {"resource": {"helm_release": {"release": {"chart": "shop", "repository": "http://charts.example.com"}}}}
	{[f.address, f.path] | some f in findings} == {["helm_release.release", "repository"]}
}

test_allows_one_with_tls if {
	findings := rule.deny with input as {"resource": {"helm_release": {"release": {"chart": "shop", "repository": "https://charts.example.com"}}}}
	count(findings) == 0
}

test_allows_a_local_chart if {
	findings := rule.deny with input as {"resource": {"helm_release": {"release": {"chart": "shop"}}}}
	count(findings) == 0
}
