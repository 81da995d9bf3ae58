import type { Attributes } from "../../protocol/value-codec";
import type { Inspection } from "../inspection";
import { bothTypes, type KindRule } from "./kind-rule";
import { canonicalQuantity, checkQuantities, parseQuantity, sameQuantity } from "./quantity";

type Limits = Readonly<Record<string, string>>;

const SCOPES = ["Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass"];

/** integerResources in pkg/apis/core/helper/helpers.go of github.com/kubernetes/kubernetes v1.33.4. */
const WHOLE = [
  "pods",
  "resourcequotas",
  "services",
  "replicationcontrollers",
  "secrets",
  "configmaps",
  "persistentvolumeclaims",
  "services.nodeports",
  "services.loadbalancers",
];

/** standardQuotaResources there; anything else has a slash, as `count/deployments.apps`. */
const RESOURCES = [
  ...WHOLE,
  "cpu",
  "memory",
  "ephemeral-storage",
  "requests.cpu",
  "requests.memory",
  "requests.storage",
  "requests.ephemeral-storage",
  "limits.cpu",
  "limits.memory",
  "limits.ephemeral-storage",
];

function checkHard(config: Inspection): void {
  checkQuantities(config, "spec.hard");
  for (const { path, value } of config.all("spec.hard")) {
    for (const [key, text] of Object.entries(value as Limits)) {
      if (!key.includes("/") && !RESOURCES.includes(key) && !/^(requests\.)?hugepages-/.test(key)) {
        const words = `a resource that quotas count: ${RESOURCES.join(", ")}, or one with a slash`;
        config.refuse([...path, { key }], key, words, "Correct the name.");
      }
      const nano = typeof text === "string" ? parseQuantity(text)?.nano : undefined;
      if (WHOLE.includes(key) && nano !== undefined && nano % 1_000_000_000n !== 0n) {
        config.refuse([...path, { key }], text, `a whole number of ${key}`, "Round it.");
      }
    }
  }
}

function mapHard(attributes: Attributes, change: (hard: Limits) => Limits): Attributes {
  const spec = attributes.spec as readonly { readonly hard: Limits | null }[] | null;
  return { ...attributes, spec: spec?.map((one) => ({ ...one, hard: one.hard && change(one.hard) })) ?? null };
}

/** Source: kubernetes/resource_kubernetes_resource_quota_v1.go and diff_supress_funcs.go at v2.38.0 of hashicorp's provider. */
export const resourceQuota: KindRule = {
  types: bothTypes("resource_quota"),
  replaces: ["spec.scopes"],
  check: (config) => {
    checkHard(config);
    for (const { path, value } of config.elements("spec.scopes")) {
      if (!SCOPES.includes(String(value))) {
        config.refuse(path, value, `one of ${SCOPES.join(", ")}`, "Choose one of these.");
      }
    }
    config.oneOf("spec.scope_selector.match_expression.scope_name", SCOPES);
    config.oneOf("spec.scope_selector.match_expression.operator", ["In", "NotIn", "Exists", "DoesNotExist"]);
  },
  // suppressEquivalentResourceQuantity: another way of writing the same is no change.
  normalize: (planned, prior) => {
    const [{ hard: before } = { hard: null }] = (prior.spec ?? []) as readonly { readonly hard: Limits | null }[];
    return mapHard(planned, (hard) =>
      Object.fromEntries(
        Object.entries(hard).map(([key, text]) => {
          const was = before?.[key];
          return [key, was !== undefined && sameQuantity(was, text) ? was : text];
        }),
      ),
    );
  },
  stores: (planned) =>
    mapHard(planned, (hard) =>
      Object.fromEntries(Object.entries(hard).map(([key, text]) => [key, canonicalQuantity(text)])),
    ),
};
