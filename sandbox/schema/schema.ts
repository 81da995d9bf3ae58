/** A type in Terraform's own JSON notation: `"string"`, `["list", "string"]`, `["object", { name: "string" }]`. */
export type ValueType =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", ValueType]
  | readonly ["object", { readonly [name: string]: ValueType }];

export type Nesting = "single" | "list" | "set" | "map";

/** A nested attribute's shape: attributes all the way down, written with `=` in HCL. */
export interface NestedAttributes {
  readonly nesting: Nesting;
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface Attribute {
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive?: boolean;
  readonly writeOnly?: boolean;
  /** A plain value's type, or the shape of a nested attribute. */
  readonly type: ValueType | NestedAttributes;
}

/** A nested block: written without `=`, and counted by Terraform itself. */
export interface NestedBlock {
  readonly nesting: "single" | "list" | "set";
  /** @default - 0 */
  readonly minItems?: number;
  /** @default - no limit */
  readonly maxItems?: number;
  readonly block: Block;
}

export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, NestedBlock>>;
}

/** Whether an attribute's type is a nested shape and not a plain value. */
export function isNested(type: Attribute["type"]): type is NestedAttributes {
  return typeof type === "object" && "nesting" in type;
}

function collection(nesting: Nesting, element: ValueType): ValueType {
  return nesting === "single" ? element : [nesting, element];
}

/** The value type of one attribute, nested shapes turned into objects. */
export function attributeType(attribute: Attribute): ValueType {
  if (!isNested(attribute.type)) {
    return attribute.type;
  }
  const fields = Object.entries(attribute.type.attributes).map(([name, inner]) => [name, attributeType(inner)]);
  return collection(attribute.type.nesting, ["object", Object.fromEntries(fields)]);
}

const types = new WeakMap<Block, ValueType>();

/** The object type that values of a block have on the wire. */
export function blockType(block: Block): ValueType {
  const known = types.get(block);
  if (known !== undefined) {
    return known;
  }
  const fields: Record<string, ValueType> = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    fields[name] = attributeType(attribute);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    fields[name] = collection(nested.nesting, blockType(nested.block));
  }
  const type: ValueType = ["object", fields];
  types.set(block, type);
  return type;
}

/** How many attributes a block has, those of its nested attributes and blocks included. */
export function countAttributes(block: Block): number {
  const count = (attributes: Readonly<Record<string, Attribute>>): number =>
    Object.values(attributes).reduce((sum, { type }) => sum + 1 + (isNested(type) ? count(type.attributes) : 0), 0);
  return Object.values(block.blocks).reduce(
    (sum, nested) => sum + countAttributes(nested.block),
    count(block.attributes),
  );
}
