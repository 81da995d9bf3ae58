import schemaFile from "../../charts/service/values.schema.json";
import { VALUE_PATHS } from "./value-paths";

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
}

const schema: Schema & { readonly $schema?: string; readonly definitions?: Readonly<Record<string, Schema>> } =
  schemaFile;

function resolved(of: Schema): Schema {
  return of.$ref === undefined ? of : (schema.definitions?.[of.$ref.replace("#/definitions/", "")] ?? {});
}

/** Every path that the schema knows, with whether it may be left out. */
function paths(given: Schema, path = ""): readonly (readonly [string, "required" | "optional"])[] {
  const of = resolved(given);
  if (of.oneOf !== undefined) return of.oneOf.flatMap((one) => paths(one, path));
  if (of.items !== undefined) return paths(of.items, `${path}[]`);
  return Object.entries(of.properties ?? {}).flatMap(([key, value]) => {
    const inner = path === "" ? key : `${path}.${key}`;
    return [[inner, of.required?.includes(key) ? "required" : "optional"] as const, ...paths(value, inner)];
  });
}

/** Objects of the schema that would take keys that it doesn't list. */
function open(given: Schema, path = ""): readonly string[] {
  const of = resolved(given);
  const here = of.properties !== undefined && of.additionalProperties !== false ? [path] : [];
  const inside = Object.entries({ ...of.properties, "[]": of.items }).flatMap(([key, value]) =>
    value === undefined ? [] : open(value, `${path}.${key}`),
  );
  return [...here, ...inside, ...(of.oneOf ?? []).flatMap((one) => open(one, path))];
}

describe("values.schema.json", () => {
  test("knows the paths of ServiceValues, and no others; what may be left out there may be left out here", () => {
    expect(Object.fromEntries(paths(schema))).toEqual(VALUE_PATHS);
  });

  test("takes no key that it doesn't list", () => {
    expect(open(schema)).toEqual([]);
  });

  test("says draft-07, which every Helm 3 reads", () => {
    expect(schema.$schema).toBe("http://json-schema.org/draft-07/schema#");
  });
});
