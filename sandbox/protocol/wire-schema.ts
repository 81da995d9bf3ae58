import { type Attribute, type Block, isNested, type NestedBlock } from "../schema/schema";

function wireAttribute(name: string, attribute: Attribute): object {
  const { required, optional, computed, sensitive, writeOnly, type } = attribute;
  const flags = { name, required, optional, computed, sensitive: sensitive ?? false, write_only: writeOnly ?? false };
  return isNested(type)
    ? { ...flags, nested_type: { nesting: type.nesting.toUpperCase(), attributes: wireAttributes(type.attributes) } }
    : { ...flags, type: Buffer.from(JSON.stringify(type)) };
}

function wireAttributes(attributes: Readonly<Record<string, Attribute>>): object[] {
  return Object.entries(attributes).map(([name, attribute]) => wireAttribute(name, attribute));
}

function wireNested(name: string, { nesting, minItems, maxItems, block }: NestedBlock): object {
  return {
    type_name: name,
    nesting: nesting.toUpperCase(),
    min_items: minItems ?? 0,
    max_items: maxItems ?? 0,
    block: wireBlock(block),
  };
}

function wireBlock({ attributes, blocks }: Block): object {
  return {
    attributes: wireAttributes(attributes),
    block_types: Object.entries(blocks).map(([name, nested]) => wireNested(name, nested)),
  };
}

/** A schema as the plugin protocol writes it. */
export function wireSchema(block: Block): object {
  return { version: 0, block: wireBlock(block) };
}
