import type { AttributePath } from "../../protocol/attribute-path";
import type { Attributes } from "../../protocol/value-codec";
import type { Inspection } from "../inspection";
import { bothTypes, type KindRule } from "./kind-rule";
import { canonicalQuantity, checkQuantities, parseQuantity } from "./quantity";

type Amounts = Readonly<Record<string, string>>;
type Limit = Readonly<
  Record<"default" | "default_request" | "max" | "max_limit_request_ratio" | "min", Amounts | null>
> & {
  readonly type: string | null;
};

const AMOUNTS = ["default", "default_request", "max", "max_limit_request_ratio", "min"] as const;

/** What must not be above what, in the words of ValidateLimitRange in pkg/apis/core/validation/validation.go of Kubernetes v1.33.4. */
const ORDER = [
  ["min", "default_request"],
  ["min", "default"],
  ["min", "max"],
  ["default_request", "default"],
  ["default_request", "max"],
  ["default", "max"],
] as const;

function checkLimit(config: Inspection, path: AttributePath, limit: Limit, seen: Set<string>): void {
  const type = String(limit.type);
  if (!["Container", "Pod", "PersistentVolumeClaim"].includes(type) && !type.includes("/")) {
    config.refuse(
      [...path, "type"],
      limit.type,
      "one of Container, Pod, PersistentVolumeClaim",
      "Choose one of these.",
    );
  }
  if (seen.has(type)) {
    config.refuse([...path, "type"], type, "a type that no other limit has", "Make one limit of both.");
  }
  seen.add(type);
  for (const name of ["default", "default_request"] as const) {
    if (type === "Pod" && Object.keys(limit[name] ?? {}).length > 0) {
      config.refuse([...path, name], limit[name], `no ${name} for pods`, "Set it for containers.");
    }
  }
  for (const [low, high] of ORDER) {
    for (const [key, text] of Object.entries(limit[low] ?? {})) {
      const [least, most] = [text, limit[high]?.[key]].map((each) =>
        typeof each === "string" ? parseQuantity(each) : undefined,
      );
      if (least !== undefined && most !== undefined && least.nano > most.nano) {
        config.refuse([...path, low, { key }], text, `${low} of at most ${high}, ${limit[high]?.[key]}`, "Lower it.");
      }
    }
  }
}

/** SetDefaults_LimitRangeItem in pkg/apis/core/v1/defaults.go of Kubernetes v1.33.4: a container's limit is its maximum unless it is said. */
function filled(limit: Limit): Limit {
  if (limit.type !== "Container") {
    return limit;
  }
  const all = { ...limit.max, ...limit.default };
  const requests = { ...limit.min, ...all, ...limit.default_request };
  return { ...limit, default: orNull(all, limit.default), default_request: orNull(requests, limit.default_request) };
}

function orNull(amounts: Amounts, before: Amounts | null): Amounts | null {
  return before === null && Object.keys(amounts).length === 0 ? null : amounts;
}

function canonical(limit: Limit): Limit {
  const amounts = AMOUNTS.map((name) => [
    name,
    limit[name] && Object.fromEntries(Object.entries(limit[name]).map(([key, text]) => [key, canonicalQuantity(text)])),
  ]);
  return { ...limit, ...Object.fromEntries(amounts) };
}

/**
 * Unlike with a quota, another way of writing the same quantity is a difference here, in every plan.
 * Source: kubernetes/resource_kubernetes_limit_range_v1.go and kubernetes/structures.go (expandLimitRangeSpec) at v2.38.0 of hashicorp's
 * provider.
 */
export const limitRange: KindRule = {
  types: bothTypes("limit_range"),
  check: (config) => {
    for (const name of AMOUNTS) {
      checkQuantities(config, `spec.limit.${name}`);
    }
    for (const { path, value } of config.all("spec")) {
      const seen = new Set<string>();
      for (const [i, spec] of (value as readonly { readonly limit: readonly Limit[] | null }[]).entries()) {
        for (const [j, limit] of (spec.limit ?? []).entries()) {
          checkLimit(config, [...path, i, "limit", j], limit, seen);
        }
      }
    }
  },
  stores: (planned) => {
    const spec = planned.spec as readonly { readonly limit: readonly Limit[] | null }[] | null;
    return {
      ...planned,
      spec:
        spec?.map((one) => ({ ...one, limit: one.limit?.map((limit) => canonical(filled(limit))) ?? null })) ?? null,
    } satisfies Attributes;
  },
};
