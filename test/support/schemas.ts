import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Cluster } from "./cluster";
import { until } from "./until";

const KINDS = "x-kubernetes-group-version-kind";

/** JSON schema, as far as it is read here. */
interface Schema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly [KINDS]?: readonly Kind[];
}

interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

const DEFINITIONS = "definitions.json";

/** The schemas of an API server's own kinds, the custom resources that are installed by now included. */
export class Schemas {
  /** Writes a schema for each kind, below the cluster's directory. */
  static async of(cluster: Cluster): Promise<Schemas> {
    const definitions = await publishedDefinitions(cluster);
    const directory = join(cluster.files.directory, "schemas");
    mkdirSync(directory, { recursive: true });
    const closed = Object.entries(definitions).map(([name, schema]) => [name, closedDefinition(name, schema)]);
    writeFileSync(join(directory, DEFINITIONS), JSON.stringify({ definitions: Object.fromEntries(closed) }));
    for (const [name, schema] of Object.entries(definitions)) {
      for (const { group, version, kind } of schema[KINDS] ?? []) {
        // To kubeconform, the group of v1 is v1. https://github.com/yannh/kubeconform/blob/v0.8.0/pkg/registry/registry.go
        const file = join(directory, `${group || version}_${version}_${kind.toLowerCase()}.json`);
        writeFileSync(file, JSON.stringify({ $ref: `${DEFINITIONS}#/definitions/${name}` }));
      }
    }
    return new Schemas(cluster, `${directory}/{{ .Group }}_{{ .ResourceAPIVersion }}_{{ .ResourceKind }}.json`);
  }

  private constructor(
    private readonly cluster: Cluster,
    private readonly location: string,
  ) {}

  /**
   * Validates manifests with `kubeconform -strict`.
   *
   * @param manifests YAML, any number of objects
   * @returns its summary, e.g. `Summary: 2 resources found parsing stdin - Valid: 2, …`
   * @throws Error with what it says of each invalid object
   */
  kubeconform(manifests: string): Promise<string> {
    const args = ["-strict", "-summary", "-schema-location", this.location, "-"];
    return this.cluster.run("kubeconform", args, { input: manifests });
  }
}

/** The server publishes the schemas of custom resources some time after it serves them. */
function publishedDefinitions(cluster: Cluster): Promise<Readonly<Record<string, Schema>>> {
  return until("the schemas of all custom resources are published", async () => {
    const { definitions } = await cluster.admin.get<{ definitions: Record<string, Schema> }>("/openapi/v2");
    const published = new Set(Object.values(definitions).flatMap((schema) => (schema[KINDS] ?? []).map(id)));
    const installed = await cluster.admin.list("/apis/apiextensions.k8s.io/v1/customresourcedefinitions");
    const wanted = installed.flatMap(({ spec: { group, names, versions } }) =>
      versions
        .filter(({ served }: { served: boolean }) => served)
        .map(({ name }: { name: string }) => id({ group, version: name, kind: names.kind })),
    );
    return wanted.every((kind) => published.has(kind)) && definitions;
  });
}

function id({ group, version, kind }: Kind): string {
  return `${group}/${version}/${kind}`;
}

/** What OpenAPI 2 can't say of two scalars, said; and no property beside those that are named. */
function closedDefinition(name: string, schema: Schema): unknown {
  return name.endsWith(".Quantity") ? { type: ["string", "number"] } : closed(schema);
}

function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== "object" || node === null) return node;
  const schema = node as Schema;
  if (schema.format === "int-or-string") return { type: ["string", "integer"] };
  const isClosed =
    isSchema(schema) &&
    schema.properties !== undefined &&
    schema.additionalProperties === undefined &&
    schema["x-kubernetes-preserve-unknown-fields"] !== true;
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return isClosed ? { ...inside, additionalProperties: false } : inside;
}

/** Not the map of properties, one of which may be called `properties`. */
function isSchema(node: Schema): boolean {
  return typeof node.type === "string";
}
