package gatehouse.lib.configuration

# The resources of one kind in a synthesized stack, by name; none in any other document.
named(kind) := resources if {
	resources := input.resource[kind]
	is_object(resources)
}

address(kind, name) := concat(".", [kind, name])

# What else in the stack names this resource: by its attribute, or by the value of it.
references(kind, name, attribute) := {
	concat("", ["${", kind, ".", name, ".", attribute, "}"]),
	input.resource[kind][name][attribute],
}
