import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The providers that have prebuilt bindings, by the name their resource types start with. */
export const BOUND_PROVIDERS = ["github", "cloudflare", "kubernetes", "helm"] as const;
export type BoundProvider = (typeof BOUND_PROVIDERS)[number];

/** Which schema a file holds: the provider's own, a resource's, or a data source's. */
export type SchemaKind = "provider" | "resource" | "data";

function library(provider: BoundProvider): string {
  return join(dirname(require.resolve(`@cdktf/provider-${provider}/package.json`)), "lib");
}

/**
 * The folder of a type in its package: `github_team` is in `lib/team`, the data source `github_team` in
 * `lib/data-github-team`. The bindings' generator names them so, and the guard test holds it for every type.
 */
export function bindingFolder(provider: BoundProvider, kind: SchemaKind, type: string): string {
  if (kind === "provider") {
    return join(library(provider), "provider");
  }
  const name = kind === "data" ? `data_${type}` : type.slice(provider.length + 1);
  return join(library(provider), name.replaceAll("_", "-"));
}

/** All types of one provider, read from the folder names alone. */
export function boundTypes(provider: BoundProvider): { readonly resources: string[]; readonly data: string[] } {
  const folders = readdirSync(library(provider), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "provider")
    .map((entry) => entry.name.replaceAll("-", "_"));
  const isData = (name: string) => name.startsWith(`data_${provider}_`);
  return {
    resources: folders.filter((name) => !isData(name)).map((name) => `${provider}_${name}`),
    data: folders.filter(isData).map((name) => name.slice("data_".length)),
  };
}

const MARK = "sourceMappingURL=data:application/json;base64,";

function scripts(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".js"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * The TypeScript that a binding was compiled from. The packages publish no sources, but every script carries them
 * in its inline source map.
 */
export function bindingSource(folder: string): string {
  return scripts(folder)
    .map((file) => {
      const text = readFileSync(file, "utf8");
      const at = text.lastIndexOf(MARK);
      if (at < 0) {
        throw new Error(
          `sandbox: ${file} carries no inline source map; expected the bindings as published. Install them again (npm ci).`,
        );
      }
      const map = JSON.parse(Buffer.from(text.slice(at + MARK.length), "base64").toString("utf8"));
      return (map.sourcesContent as string[]).join("\n");
    })
    .join("\n");
}
