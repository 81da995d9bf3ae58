import { bothTypes, type KindRule } from "./kind-rule";
import { metadata } from "./metadata";

/**
 * Source: kubernetes/resource_kubernetes_service_account_v1.go at v2.38.0 of hashicorp's provider. From Kubernetes 1.24 on no Secret is made
 * with an account, and its name is empty. Every namespace has the account `default`, made by the controller manager.
 */
export const serviceAccount: KindRule = {
  types: bothTypes("service_account"),
  defaults: { automount_service_account_token: true },
  computed: () => ({ default_secret_name: "" }),
  needs: (attributes, needs) => {
    if (metadata(attributes).name === "default") {
      needs.refuse(
        ["metadata", 0, "name"],
        'serviceaccounts "default" already exists: every namespace has it. Use kubernetes_default_service_account_v1.',
      );
    }
  },
};
