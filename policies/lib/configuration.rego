package gatehouse.lib.configuration

import data.gatehouse.lib.blocks

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

# What an object says of the namespace that it is in: a reference to it, or its very name.
namespace_names(name, namespace) := {
	sprintf("${kubernetes_namespace_v1.%s.metadata[0].name}", [name]),
	object.get(namespace, ["metadata", "name"], null),
}

# Terraform refuses to destroy it.
outlives_terraform(resource) if blocks.one(resource.lifecycle).prevent_destroy == true
