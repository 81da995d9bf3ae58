import { bothTypes, type KindRule } from "./kind-rule";

/**
 * Source: kubernetes/resource_kubernetes_role_v1.go at v2.38.0 of hashicorp's provider; what the API server refuses, ValidatePolicyRule in
 * pkg/apis/rbac/validation/validation.go of github.com/kubernetes/kubernetes v1.33.4. That nobody can give what they don't have themselves
 * is not known here: the stand-in's user may do everything.
 */
export const role: KindRule = {
  types: bothTypes("role"),
  check: (config) => {
    for (const { path, value } of config.elements("rule")) {
      for (const name of ["api_groups", "resources", "verbs"] as const) {
        const given = (value as Readonly<Record<string, unknown>>)[name];
        if (Array.isArray(given) && given.length === 0) {
          config.refuse([...path, name], given, `at least one of the ${name}`, "Name what the rule is about.");
        }
      }
    }
  },
};
