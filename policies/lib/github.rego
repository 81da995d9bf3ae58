package gatehouse.lib.github

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration

kind := "github_repository_ruleset"

# The rules in force on `main` of a declared repository, by the address of their ruleset.
rules_of_main(repository) := {address: rules |
	some name, ruleset in configuration.named(kind)
	ruleset.repository in configuration.references("github_repository", repository, "name")
	ruleset.enforcement == "active"
	covers_main(ruleset)
	rules := blocks.one(ruleset.rules)
	address := configuration.address(kind, name)
}

covers_main(ruleset) if {
	ruleset.target == "branch"
	refs := blocks.one(blocks.one(ruleset.conditions).ref_name)
	not "refs/heads/main" in refs.exclude
	some included in refs.include
	included in {"refs/heads/main", "~DEFAULT_BRANCH", "~ALL"}
}

# Where to look when a rule of `main` is missing: its first ruleset, or the repository that has none.
address_of_main(repository) := min(object.keys(rules_of_main(repository))) if {
	count(rules_of_main(repository)) > 0
} else := configuration.address("github_repository", repository)
