import { BOUND_PROVIDERS, type BoundProvider, bindingFolder, bindingSource, boundTypes } from "./binding-source";
import { Derivation, type NestingStyle } from "./derivation";
import { GRAFANA_SCHEMAS } from "./grafana";
import { deriveProviderBlock } from "./provider-derivation";
import type { Block } from "./schema";

export type ProviderName = BoundProvider | "grafana";
export const PROVIDERS: readonly ProviderName[] = [...BOUND_PROVIDERS, "grafana"];

/** What a resource's and a data source's type belong to; they share names. */
export type TypeKind = "resource" | "data";

/** SDK v2 plugins declare blocks, framework plugins nested attributes. */
export const NESTING_STYLE: Readonly<Record<ProviderName, NestingStyle>> = {
  github: "blocks",
  cloudflare: "attributes",
  kubernetes: "blocks",
  helm: "attributes",
  grafana: "blocks",
};

const EMPTY: Block = { attributes: {}, blocks: {} };
const derived = new Map<string, Block>();

function isBound(provider: ProviderName): provider is BoundProvider {
  return provider !== "grafana";
}

/** The types a provider has, of one kind. */
export function providerTypes(provider: ProviderName, kind: TypeKind): readonly string[] {
  if (isBound(provider)) {
    return boundTypes(provider)[kind === "resource" ? "resources" : "data"];
  }
  return kind === "resource" ? Object.keys(GRAFANA_SCHEMAS) : [];
}

/** The schema of a type as its plugin declares it, without what the bindings don't say (see `rules/`). Kept in memory. */
export function plainSchema(provider: ProviderName, kind: TypeKind, type: string): Block {
  const key = `${kind}:${type}`;
  const known = derived.get(key);
  if (known !== undefined) {
    return known;
  }
  const block = isBound(provider)
    ? new Derivation(bindingSource(bindingFolder(provider, kind, type)), NESTING_STYLE[provider]).block()
    : (GRAFANA_SCHEMAS[type] ?? EMPTY);
  derived.set(key, block);
  return block;
}

/** The schema of a provider's own configuration. */
export function providerSchema(provider: ProviderName): Block {
  if (!isBound(provider)) {
    return EMPTY;
  }
  return deriveProviderBlock(bindingSource(bindingFolder(provider, "provider", "")), NESTING_STYLE[provider]);
}
