import { BOUND_PROVIDERS, type BoundProvider, bindingFolder, bindingSource } from "../../sandbox/schema/binding-source";
import { Derivation } from "../../sandbox/schema/derivation";
import { type Attribute, type Block, countAttributes, isNested, type ValueType } from "../../sandbox/schema/schema";
import { plainSchema, providerSchema, providerTypes, type TypeKind } from "../../sandbox/schema/schemas";
import { DeclaredTypes } from "./declared-types";

/** Counted once with these package versions; a new binding changes them, and the change is read in review. */
const RESOURCES: Readonly<Record<BoundProvider, { readonly types: number; readonly attributes: number }>> = {
  github: { types: 81, attributes: 754 },
  cloudflare: { types: 208, attributes: 4553 },
  kubernetes: { types: 82, attributes: 8957 },
  helm: { types: 1, attributes: 76 },
};
const DATA: Readonly<Record<BoundProvider, { readonly types: number; readonly attributes: number }>> = {
  github: { types: 72, attributes: 441 },
  cloudflare: { types: 350, attributes: 8912 },
  kubernetes: { types: 26, attributes: 377 },
  helm: { types: 1, attributes: 60 },
};

const PLAIN: Readonly<Record<string, string>> = {
  string: "string",
  number: "number",
  bool: "boolean | cdktf.IResolvable",
  "list string": "string[]",
  "set string": "string[]",
  "list number": "number[]",
  "set number": "number[]",
  "map string": "{ [key: string]: string; }",
  "map number": "{ [key: string]: number; }",
  "map list string": "{ [key: string]: string[]; } | cdktf.IResolvable",
  dynamic: "{ [key: string]: any; }",
};

function words(type: ValueType): string {
  return typeof type === "string" ? type : type[0] === "object" ? "object" : `${type[0]} ${words(type[1])}`;
}

/** `account_id` and `accountId` are one name. */
function folded(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}

interface Nested {
  readonly many: "" | "[]" | "{}";
  readonly block: Block;
}

function nested(block: Block, name: string): Nested | undefined {
  const own = block.blocks[name];
  if (own !== undefined) {
    return { many: own.nesting === "single" || own.maxItems === 1 ? "" : "[]", block: own.block };
  }
  const type = block.attributes[name]?.type;
  if (type === undefined || !isNested(type)) {
    return undefined;
  }
  const many = type.nesting === "single" ? "" : type.nesting === "map" ? "{}" : "[]";
  return { many, block: { attributes: type.attributes, blocks: {} } };
}

function isRequired(block: Block, name: string): boolean {
  return block.attributes[name]?.required ?? (block.blocks[name]?.minItems ?? 0) > 0;
}

/** Compares what can be configured, at every depth, and returns what differs. */
function differences(declared: DeclaredTypes, interfaceName: string, block: Block, at: string): string[] {
  const properties = declared.properties(interfaceName);
  const configurable = (attribute: Attribute) => attribute.optional || attribute.required;
  const names = [
    ...Object.keys(block.attributes).filter((name) => configurable(block.attributes[name] as Attribute)),
    ...Object.keys(block.blocks),
  ];
  const missing = [...properties.keys()]
    .filter((name) => !names.includes(name))
    .map((name) => `${at}.${name}: not derived`);
  const wrong = names.flatMap((name) => {
    const property = properties.get(name);
    if (property === undefined) {
      return [`${at}.${name}: not declared`];
    }
    const found = property.optional === isRequired(block, name) ? [`${at}.${name}: optional?`] : [];
    const inner = nested(block, name);
    if (inner === undefined) {
      const type = words(block.attributes[name]?.type as ValueType);
      return PLAIN[type] === property.type ? found : [...found, `${at}.${name}: ${type} is not ${property.type}`];
    }
    const [, wrapped] = /^\{ \[key: string\]: (\w+);? \} \| cdktf\.IResolvable$/.exec(property.type) ?? [];
    const struct = wrapped ?? /^\w+/.exec(property.type)?.[0] ?? "";
    const shape = wrapped !== undefined ? "{}" : property.type.startsWith(`${struct}[]`) ? "[]" : "";
    return [
      ...found,
      ...(shape === inner.many ? [] : [`${at}.${name}: ${inner.many || "one"} is not ${property.type}`]),
      ...differences(declared, struct, inner.block, `${at}.${name}`),
    ];
  });
  return [...missing, ...wrong];
}

function accessorDifferences(declared: DeclaredTypes, block: Block, type: string): string[] {
  const accessors = new Set([...declared.accessors(declared.className())].map(folded));
  const names = [...Object.keys(block.attributes), ...Object.keys(block.blocks)];
  const missing = names
    .filter((name) => !accessors.has(folded(name)))
    .map((name) => `${type}.${name}: has no accessor`);
  return accessors.size === names.length
    ? missing
    : [...missing, `${type}: ${accessors.size} accessors, ${names.length} names`];
}

/** How many sets can be configured. */
function configurableSets(block: Block): number {
  const inAttributes = (attributes: Block["attributes"]): number =>
    Object.values(attributes)
      .filter(({ optional, required }) => optional || required)
      .reduce((sum, { type }) => {
        const own = isNested(type) ? type.nesting === "set" : words(type).startsWith("set ");
        return sum + (own ? 1 : 0) + (isNested(type) ? inAttributes(type.attributes) : 0);
      }, 0);
  const blocks = Object.values(block.blocks);
  return blocks.reduce(
    (sum, nested) => sum + (nested.nesting === "set" ? 1 : 0) + configurableSets(nested.block),
    inAttributes(block.attributes),
  );
}

describe.each(BOUND_PROVIDERS)("the schemas derived from the bindings of %s", (provider) => {
  const kinds: readonly TypeKind[] = ["resource", "data"];

  test.each(kinds)("have every %s type and attribute, as many as were counted", (kind) => {
    const types = providerTypes(provider, kind);
    const attributes = types.reduce((sum, type) => sum + countAttributes(plainSchema(provider, kind, type)), 0);
    expect({ types: types.length, attributes }).toEqual((kind === "resource" ? RESOURCES : DATA)[provider]);
  });

  test.each(kinds)("agree with the declarations of every %s type: names, types, what is required", (kind) => {
    const found = providerTypes(provider, kind).flatMap((type) => {
      const declared = new DeclaredTypes(bindingFolder(provider, kind, type));
      const block = plainSchema(provider, kind, type);
      return [
        ...differences(declared, declared.configuration(), block, type),
        ...accessorDifferences(declared, block, type),
      ];
    });
    expect(found).toEqual([]);
  });

  test.each(kinds)("tell sets from lists in every %s type as the mappers to HCL do", (kind) => {
    const wrong = providerTypes(provider, kind).filter((type) => {
      const source = bindingSource(bindingFolder(provider, kind, type));
      return configurableSets(plainSchema(provider, kind, type)) !== (source.match(/^ +type: "set",$/gm) ?? []).length;
    });
    expect(wrong).toEqual([]);
  });

  test("have the provider's own configuration, with nothing required", () => {
    const { attributes } = providerSchema(provider);
    expect(Object.keys(attributes).length).toBeGreaterThan(0);
    expect(Object.keys(attributes)).not.toContain("alias");
    expect(Object.values(attributes).every((attribute) => attribute.optional)).toBe(true);
  });
});

describe("deriving a schema", () => {
  test("refuses a binding that is written in a way it has not seen", () => {
    const source = `export class Thing extends cdktf.TerraformResource {
  // name - computed: false, optional: true, required: false
  private _name?: string;
  public get name() {
    return this.somethingNew('name');
  }
}
`;
    expect(() => new Derivation(source, "blocks").block()).toThrow(
      /Thing\.name is written in an unknown way: .*somethingNew/s,
    );
  });

  test("refuses a source without a resource", () => {
    expect(() => new Derivation("export class Thing {}", "blocks").block()).toThrow("found none");
  });
});
