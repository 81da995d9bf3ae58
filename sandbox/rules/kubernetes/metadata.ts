import type { Attributes } from "../../protocol/value-codec";
import { uuid } from "../../provider/settle";
import type { Attribute } from "../../schema/schema";
import type { Inspection } from "../inspection";
import type { ApplyContext } from "../rule";

export type Metadata = Readonly<Record<string, unknown>>;

/** DNS subdomains: NameIsDNSSubdomain, which validateName asks in kubernetes/validators.go. */
const DNS_SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** IsValidPathSegmentName, which metadataSchemaRBAC asks in kubernetes/schema_rbac.go. */
const PATH_SEGMENT = /^(?!\.\.?$)[^/%]+$/;
const RBAC = /^kubernetes_(cluster_)?role(_binding)?(_v1)?$/;

/** IsQualifiedName: a prefix and a name, or a name alone. */
const KEY =
  /^(?:(?=[^/]{1,253}\/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?(?=[^/]{1,63}$)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** kubernetes.io, "Labels and Selectors": syntax and character set */
const LABEL_VALUE = /^([a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?)?$/;

/** The metadata of an object, empty where there is none. */
export function metadata(attributes: Attributes): Metadata {
  return ((attributes.metadata as Metadata[] | null)?.[0] ?? {}) as Metadata;
}

/** What Terraform's state calls an object: buildId in kubernetes/structures.go. */
export function objectId(attributes: Attributes): string {
  const { namespace, name } = metadata(attributes);
  return (namespace ?? null) === null ? String(name) : `${namespace}/${name}`;
}

/** What the API server alone knows of a new object. */
export function newMetadata(planned: Attributes, { number }: ApplyContext): Attributes {
  const { name, generate_name } = metadata(planned);
  const own = typeof name === "string" ? name : `${generate_name ?? "object-"}${number}`;
  return {
    id: objectId({ metadata: [{ ...metadata(planned), name: own }] }),
    metadata: [{ name: own, generation: 0, resource_version: String(number), uid: uuid(`object ${number}`) }],
  };
}

/**
 * kubernetes/schema_metadata.go and kubernetes/validators.go. That one of the two names must be there is the API server's own rule.
 *
 * @param own the attributes that the metadata of the type have
 */
export function checkMetadata(config: Inspection, own: Readonly<Record<string, Attribute>>): void {
  if (RBAC.test(config.type)) {
    config.matches("metadata.name", PATH_SEGMENT, "a name without '/' and '%', and neither '.' nor '..'");
  } else {
    config.matches("metadata.name", DNS_SUBDOMAIN, "lower-case letters, digits, hyphens and dots, at most 253");
  }
  if ("generate_name" in own) {
    config.conflict("metadata.name", "metadata.generate_name");
    const { name = null, generate_name = null } = metadata(config.config);
    if (name === null && generate_name === null) {
      config.refuse(["metadata", 0], null, "a name or a generate_name", "Name the object.");
    }
  }
  checkKeys(config, "labels", (key) => key);
  checkKeys(config, "annotations", (key) => key.toLowerCase());
  for (const { path, value } of config.all("metadata.labels")) {
    for (const [key, label] of Object.entries(value as Attributes)) {
      if (typeof label === "string" && !LABEL_VALUE.test(label)) {
        config.refuse(
          [...path, { key }],
          label,
          "a label value of at most 63 letters, digits, '-', '_' and '.'",
          "Shorten it.",
        );
      }
    }
  }
}

function checkKeys(config: Inspection, name: "labels" | "annotations", fold: (key: string) => string): void {
  for (const { path, value } of config.all(`metadata.${name}`)) {
    for (const key of Object.keys(value as Attributes)) {
      if (!KEY.test(fold(key))) {
        config.refuse([...path, { key }], key, 'a key such as "example.com/name"', "Rename it.");
      }
    }
  }
}

/** Keys that Kubernetes and its controllers write: isInternalKey in kubernetes/structures.go. */
function isInternal(key: string): boolean {
  const [host = ""] = key.split("/");
  if (["app.kubernetes.io", "service.beta.kubernetes.io"].includes(host)) {
    return false;
  }
  return host.endsWith("kubernetes.io") || key.includes("deprecated.daemonset.template.generation");
}

/** Labels and annotations of Kubernetes' own that nobody configured are left out of the state: flattenMetadata there. */
export function withoutInternal(real: Attributes, state: Attributes | undefined): Attributes {
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
