package gatehouse.lib.plan

# What a plan changes of one kind, or replaces: as it is and as it will be.
updated(kind) := [{"address": resource.address, "before": resource.change.before, "after": resource.change.after} |
	some resource in input.resource_changes
	resource.type == kind
	is_object(resource.change.before)
	is_object(resource.change.after)
]

# What a plan takes away of one kind, for good or to make it anew.
destroyed(kind) := [{"address": resource.address, "before": resource.change.before} |
	some resource in input.resource_changes
	resource.type == kind
	"delete" in resource.change.actions
]

# What a plan takes away of one kind and doesn't make anew.
removed(kind) := [{"address": resource.address, "before": resource.change.before} |
	some resource in input.resource_changes
	resource.type == kind
	resource.change.actions == ["delete"]
]

# What a plan makes of one kind that wasn't there.
created(kind) := [{"address": resource.address, "after": resource.change.after} |
	some resource in input.resource_changes
	resource.type == kind
	resource.change.actions == ["create"]
]
