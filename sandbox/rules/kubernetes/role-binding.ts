import type { AttributePath } from "../../protocol/attribute-path";
import type { Inspection } from "../inspection";
import { bothTypes, type KindRule } from "./kind-rule";
import { metadata } from "./metadata";

const GROUP = "rbac.authorization.k8s.io";

interface Subject {
  readonly kind: unknown;
  readonly api_group: unknown;
}

interface RoleReference {
  readonly kind: string;
  readonly name: string;
}

/** ValidateRoleBindingSubject in pkg/apis/rbac/validation/validation.go of github.com/kubernetes/kubernetes v1.33.4. */
function checkSubject(config: Inspection, path: AttributePath, { kind, api_group }: Subject): void {
  const kinds = ["ServiceAccount", "User", "Group"];
  if (typeof kind === "string" && !kinds.includes(kind)) {
    config.refuse([...path, "kind"], kind, `one of ${kinds.join(", ")}`, "Choose one of these.");
  }
  const group = kind === "ServiceAccount" ? "" : GROUP;
  if (typeof api_group === "string" && api_group !== "" && api_group !== group) {
    config.refuse([...path, "api_group"], api_group, JSON.stringify(group), "Leave it out.");
  }
}

/**
 * Source: kubernetes/resource_kubernetes_role_binding_v1.go and kubernetes/schema_rbac.go at v2.38.0 of hashicorp's provider. A subject's
 * namespace is `default` unless it is said, not that of the binding. The API server takes a binding to a role that isn't there, unless who
 * makes it may not bind all roles: here it is refused.
 */
export const roleBinding: KindRule = {
  types: bothTypes("role_binding"),
  replaces: ["role_ref.api_group", "role_ref.kind", "role_ref.name"],
  defaults: { "subject.namespace": "default" },
  check: (config) => {
    config.oneOf("role_ref.api_group", [GROUP]);
    config.oneOf("role_ref.kind", ["Role", "ClusterRole"]);
    for (const { path, value } of config.elements("subject")) {
      checkSubject(config, path, value as Subject);
    }
  },
  computed: (planned) => ({
    subject: (planned.subject as readonly Subject[]).map(({ kind }) => ({
      api_group: kind === "ServiceAccount" ? "" : GROUP,
    })),
  }),
  needs: (attributes, needs) => {
    const [reference] = attributes.role_ref as readonly RoleReference[];
    if (reference?.kind !== "Role") {
      return;
    }
    const id = `${metadata(attributes).namespace}/${reference.name}`;
    if (bothTypes("role").every((type) => needs.world.get(type, id) === undefined)) {
      needs.refuse(["role_ref", 0, "name"], `roles.${GROUP} "${reference.name}" not found: create the role first.`);
    }
  },
};
