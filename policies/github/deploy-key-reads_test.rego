package gatehouse.github.deploy_key_reads_test

import data.gatehouse.github.deploy_key_reads as rule

test_refuses_a_key_that_writes if {
	findings := rule.deny with input as {"resource": {"github_repository_deploy_key": {"k": {"read_only": false}}}}
	{[f.address, f.path] | some f in findings} == {["github_repository_deploy_key.k", "read_only"]}
}

test_allows_a_key_that_reads if {
	findings := rule.deny with input as {"resource": {"github_repository_deploy_key": {"k": {"read_only": true}}}}
	count(findings) == 0
}
