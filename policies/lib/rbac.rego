package gatehouse.lib.rbac

import data.gatehouse.lib.blocks
import data.gatehouse.lib.configuration
import data.gatehouse.lib.manifest

# What roles allow, in manifests and in synthesized stacks.
rights contains {"address": manifest.address, "path": path, "groups": rule.apiGroups, "resources": rule.resources, "verbs": rule.verbs} if {
	input.kind in {"ClusterRole", "Role"}
	some index, rule in input.rules
	path := sprintf("rules[%d]", [index])
}

rights contains {"address": address, "path": path, "groups": rule.api_groups, "resources": rule.resources, "verbs": rule.verbs} if {
	some kind in {"kubernetes_cluster_role_v1", "kubernetes_role_v1"}
	some name, role in configuration.named(kind)
	address := configuration.address(kind, name)
	some index, rule in blocks.list(role.rule)
	path := sprintf("rule[%d]", [index])
}

# Whether a right is over one of these resources; `*/token` is over the part `token` of every one.
over(right, wanted) if {
	some resource in right.resources
	resource in wanted
}

over(right, wanted) if {
	some resource in right.resources
	startswith(resource, "*/")
	some one in wanted
	endswith(one, trim_prefix(resource, "*"))
}

# Whom a binding gives which role.
bindings contains {"address": manifest.address, "path": path, "role": input.roleRef.name, "kind": object.get(subject, "kind", ""), "subject": subject.name} if {
	input.kind in {"ClusterRoleBinding", "RoleBinding"}
	some index, subject in input.subjects
	path := sprintf("subjects[%d]", [index])
}

bindings contains {"address": address, "path": path, "role": role.name, "kind": object.get(subject, "kind", ""), "subject": subject.name} if {
	some kind in {"kubernetes_cluster_role_binding_v1", "kubernetes_role_binding_v1"}
	some name, binding in configuration.named(kind)
	address := configuration.address(kind, name)
	role := blocks.one(binding.role_ref)
	some index, subject in blocks.list(binding.subject)
	path := sprintf("subject[%d]", [index])
}
