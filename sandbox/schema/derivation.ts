import type { Attribute, Block, NestedBlock, Nesting, ValueType } from "./schema";

/**
 * How a provider declares what is nested: plugins on SDK v2 (github, kubernetes) have blocks, plugins on the plugin
 * framework (cloudflare, helm) have nested attributes.
 */
export type NestingStyle = "blocks" | "attributes";

interface Field {
  readonly name: string;
  readonly computed: boolean;
  readonly optional: boolean;
  readonly required: boolean;
  readonly code: string;
}

/** A class of the source: the text between its head and the next class's. */
type Classes = ReadonlyMap<string, string>;

const PLAIN: readonly (readonly [RegExp, ValueType])[] = [
  [/return this\.getStringAttribute\(/, "string"],
  [/return this\.getNumberAttribute\(/, "number"],
  [/return this\.getBooleanAttribute\(/, "bool"],
  [/return this\.getListAttribute\(/, ["list", "string"]],
  [/return cdktf\.Fn\.tolist\(this\.getListAttribute\(/, ["set", "string"]],
  [/return this\.getNumberListAttribute\(/, ["list", "number"]],
  [/return cdktf\.Token\.asNumberList\(cdktf\.Fn\.tolist\(/, ["set", "number"]],
  [/return this\.getStringMapAttribute\(/, ["map", "string"]],
  [/return this\.getNumberMapAttribute\(/, ["map", "number"]],
  [/return this\.getBooleanMapAttribute\(/, ["map", "bool"]],
  // Only attributes whose type the provider leaves open become a map of anything.
  [/return this\.getAnyMapAttribute\(/, "dynamic"],
  // The only type that gets no accessor of its own (load balancers' pools by region).
  [/return this\.interpolationForAttribute\(/, ["map", ["list", "string"]]],
];

const ELEMENT: Readonly<Record<string, ValueType>> = {
  String: "string",
  Number: "number",
  Boolean: "bool",
  Any: "dynamic",
};

function splitClasses(source: string): Classes {
  const heads = [...source.matchAll(/^export class (\w+) extends cdktf\.\w+/gm)];
  return new Map(heads.map((head, i) => [head[1] as string, source.slice(head.index, heads[i + 1]?.index)]));
}

function fields(body: string): Field[] {
  const pattern =
    /\/\/ (\S+) - computed: (true|false), optional: (true|false), required: (true|false)\n([\s\S]*?)\n {2}\}/g;
  return [...body.matchAll(pattern)].map(([, name, computed, optional, required, code]) => ({
    name: name as string,
    // A child of a computed object is marked computed even where it must be given; the plugin's schema says required.
    computed: computed === "true" && required === "false",
    optional: optional === "true",
    required: required === "true",
    code: code as string,
  }));
}

/** Turns one type's TypeScript into the schema its plugin has. */
export class Derivation {
  private readonly classes: Classes;

  public constructor(
    private readonly source: string,
    private readonly style: NestingStyle,
  ) {
    this.classes = splitClasses(source);
  }

  /**
   * The schema of the resource or data source that this source declares.
   *
   * @throws Error if an attribute is written in a way this derivation has not seen
   */
  public block(): Block {
    const root = [...this.classes].find(([, body]) => /extends cdktf\.Terraform(Resource|DataSource)\b/.test(body));
    if (root === undefined) {
      throw new Error("sandbox: expected a class that extends TerraformResource or TerraformDataSource, found none.");
    }
    return this.blockOf(root[0]);
  }

  private blockOf(className: string): Block {
    const attributes: Record<string, Attribute> = {};
    const blocks: Record<string, NestedBlock> = {};
    for (const field of fields(this.body(className))) {
      const configurable = field.optional || field.required;
      if (this.style === "blocks" && configurable && /= new \w+(List|OutputReference)\(/.test(field.code)) {
        blocks[field.name] = this.nestedBlock(className, field);
      } else {
        attributes[field.name] = this.attribute(className, field);
      }
    }
    return { attributes, blocks };
  }

  private nestedBlock(className: string, field: Field): NestedBlock {
    const struct = this.struct(className, field);
    const block = this.blockOf(struct.className);
    if (struct.nesting !== "single") {
      return { nesting: struct.nesting === "set" ? "set" : "list", minItems: field.required ? 1 : 0, block };
    }
    // `timeouts` is the one block that stands alone; all others are lists of at most one.
    const alone = new RegExp(`\\n {6}${field.name}: \\{\\n.*\\n *isBlock: true,\\n *type: "struct"`).test(
      this.body(className),
    );
    return alone
      ? { nesting: "single", block }
      : { nesting: "list", minItems: field.required ? 1 : 0, maxItems: 1, block };
  }

  private attribute(className: string, field: Field): Attribute {
    const { computed, optional, required } = field;
    const plain = this.plainType(field);
    if (plain !== undefined) {
      return { computed, optional, required, type: plain };
    }
    const struct = this.struct(className, field);
    const attributes = Object.fromEntries(
      fields(this.body(struct.className)).map((inner) => [inner.name, this.attribute(struct.className, inner)]),
    );
    if (this.style === "attributes") {
      return { computed, optional, required, type: { nesting: struct.nesting, attributes } };
    }
    // SDK v2 has no nested attributes: what it only computes is a plain list of objects.
    const object: ValueType = [
      "object",
      Object.fromEntries(Object.entries(attributes).map(([n, a]) => [n, a.type as ValueType])),
    ];
    return { computed, optional, required, type: struct.nesting === "single" ? object : [struct.nesting, object] };
  }

  private plainType(field: Field): ValueType | undefined {
    const wrapped = /= new cdktf\.(String|Number|Boolean|Any)((?:List|Map)+)\(this, "[^"]+"(?:, (true|false))?\)/.exec(
      field.code,
    );
    if (wrapped !== null) {
      const [, element, collections, isSet] = wrapped;
      // `StringMapList` is a list of maps of strings: the name is read from the inside out.
      return (collections ?? "")
        .match(/List|Map/g)
        ?.reduce<ValueType>(
          (inner, outer) => [outer === "Map" ? "map" : isSet === "true" ? "set" : "list", inner],
          ELEMENT[element ?? ""] ?? "string",
        );
    }
    return PLAIN.find(([accessor]) => accessor.test(field.code))?.[1];
  }

  private struct(className: string, field: Field): { readonly className: string; readonly nesting: Nesting } {
    const made = /= new (\w+?)(List|Map|OutputReference)\(this, "[^"]+"(?:, (true|false))?\)/.exec(field.code);
    if (made === null) {
      throw new Error(`sandbox: ${className}.${field.name} is written in an unknown way: ${field.code.slice(0, 200)}`);
    }
    const [, struct, kind, isSet] = made;
    const nesting = kind === "Map" ? "map" : kind === "OutputReference" ? "single" : isSet === "true" ? "set" : "list";
    return { className: `${struct}OutputReference`, nesting };
  }

  private body(className: string): string {
    const body = this.classes.get(className);
    if (body === undefined) {
      throw new Error(
        `sandbox: expected class ${className} in the binding's source (${this.source.length} characters), found none.`,
      );
    }
    return body;
  }
}
