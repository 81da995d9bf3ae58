import type { Attributes } from "../../protocol/value-codec";
import { uuid } from "../../provider/settle";
import type { Block } from "../../schema/schema";
import type { ApplyContext, ResourceRule } from "../rule";

type Metadata = Readonly<Record<string, unknown>>;

/** Namespaces that every cluster has. */
const BUILT_IN = ["default", "kube-system", "kube-public", "kube-node-lease"];

/** DNS labels and subdomains: kubernetes.io, "Object Names and IDs". */
const OBJECT_NAME = /^[a-z0-9]([a-z0-9.:-]{0,251}[a-z0-9])?$/;

const NAMESPACES = ["kubernetes_namespace", "kubernetes_namespace_v1"];

function metadata(attributes: Attributes): Metadata {
  return ((attributes.metadata as Metadata[] | null)?.[0] ?? {}) as Metadata;
}

function identity(attributes: Attributes): string {
  const { namespace, name } = metadata(attributes);
  return (namespace ?? null) === null ? String(name) : `${namespace}/${name}`;
}

function computed(planned: Attributes, { number }: ApplyContext): Attributes {
  const { name, generate_name } = metadata(planned);
  const own = typeof name === "string" ? name : `${generate_name ?? "object-"}${number}`;
  const id = identity({ metadata: [{ ...metadata(planned), name: own }] });
  return {
    id,
    metadata: [{ name: own, generation: 0, resource_version: String(number), uid: uuid(`object ${number}`) }],
  };
}

/** Keys that Kubernetes and its controllers write: isInternalKey in kubernetes/structures.go. */
function isInternal(key: string): boolean {
  const [host = ""] = key.split("/");
  if (["app.kubernetes.io", "service.beta.kubernetes.io"].includes(host)) {
    return false;
  }
  return host.endsWith("kubernetes.io") || key.includes("deprecated.daemonset.template.generation");
}

/** Labels and annotations of Kubernetes' own that nobody configured are left out of the state. */
function withoutInternal(real: Attributes, state: Attributes | undefined): Attributes {
  const [own] = (real.metadata ?? []) as Metadata[];
  if (own === undefined || state === undefined) {
    return real;
  }
  const shown = (name: "labels" | "annotations") => {
    const configured = (metadata(state)[name] ?? {}) as Attributes;
    const all = own[name] as Attributes | null;
    const kept = Object.entries(all ?? {}).filter(([key]) => key in configured || !isInternal(key));
    return kept.length === 0 && (metadata(state)[name] ?? null) === null ? null : Object.fromEntries(kept);
  };
  return {
    ...real,
    metadata: [{ ...own, ...("labels" in own ? { labels: shown("labels"), annotations: shown("annotations") } : {}) }],
  };
}

/**
 * What all Kubernetes objects have in common. Source: kubernetes/schema_metadata.go and kubernetes/structures.go
 * (isInternalKey) at v2.38.0 of github.com/hashicorp/terraform-provider-kubernetes.
 */
export function kubernetesRule(type: string, schema: Block): ResourceRule {
  const own = schema.blocks.metadata?.block.attributes;
  // Secrets' values: kubernetes/resource_kubernetes_secret_v1.go at the same tag.
  const sensitive = type.startsWith("kubernetes_secret") ? ["data", "binary_data"] : [];
  if (own === undefined) {
    return { type, sensitive };
  }
  const namespaced = "namespace" in own;
  const names = ["name", "namespace", "generate_name"].filter((name) => name in own).map((name) => `metadata.${name}`);
  return {
    type,
    sensitive,
    replaces: names,
    ...(namespaced ? { defaults: { "metadata.namespace": "default" } } : {}),
    check: (config) => {
      config.matches("metadata.name", OBJECT_NAME, "lower-case letters, digits, hyphens and dots, at most 253");
      for (const { path, value } of config.all("metadata.labels")) {
        for (const [key, label] of Object.entries(value as Attributes)) {
          // kubernetes.io, "Labels and Selectors": syntax and character set
          if (typeof label === "string" && !/^([a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?)?$/.test(label)) {
            config.refuse(
              [...path, { key }],
              label,
              "a label value of at most 63 letters, digits, '-', '_' and '.'",
              "Shorten it.",
            );
          }
        }
      }
    },
    identity,
    computed,
    needs: (attributes, needs) => {
      const { namespace } = metadata(attributes);
      const exists =
        typeof namespace !== "string" ||
        BUILT_IN.includes(namespace) ||
        NAMESPACES.some((kind) => needs.world.get(kind, namespace) !== undefined);
      if (!exists) {
        needs.refuse(["metadata", 0, "namespace"], `namespaces "${namespace}" not found: create the namespace first.`);
      }
    },
    reads: withoutInternal,
    ...(NAMESPACES.includes(type)
      ? {
          owns: (self, other) =>
            (other.type.startsWith("kubernetes_") && metadata(other.attributes).namespace === self.id) ||
            (other.type === "helm_release" && other.attributes.namespace === self.id),
        }
      : {}),
  };
}
