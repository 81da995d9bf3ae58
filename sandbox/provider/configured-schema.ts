import type { ResourceRule } from "../rules/rule";
import { isSensitive } from "../rules/sensitive";
import type { Attribute, Block, NestedBlock } from "../schema/schema";
import { isNested } from "../schema/schema";

/** Attributes whose value Terraform hands over and never keeps are named so by convention: `data_wo`, `set_wo`. */
function isWriteOnly(name: string): boolean {
  return name.endsWith("_wo");
}

function withFlags(attribute: Attribute, at: string, rule: ResourceRule, inWriteOnly: boolean): Attribute {
  const name = at.slice(at.lastIndexOf(".") + 1);
  const writeOnly = inWriteOnly || isWriteOnly(name);
  const { type } = attribute;
  return {
    ...attribute,
    // A write-only value is never computed.
    ...(writeOnly ? { writeOnly, computed: false } : {}),
    ...(isSensitive(rule, at) ? { sensitive: true } : {}),
    type: isNested(type)
      ? { ...type, attributes: attributesWithFlags(type.attributes, `${at}.`, rule, writeOnly) }
      : type,
  };
}

function attributesWithFlags(
  attributes: Block["attributes"],
  at: string,
  rule: ResourceRule,
  inWriteOnly: boolean,
): Block["attributes"] {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      withFlags(attribute, `${at}${name}`, rule, inWriteOnly),
    ]),
  );
}

function blockWithFlags(block: Block, at: string, rule: ResourceRule): Block {
  const nested = Object.entries(block.blocks).map(([name, inner]): [string, NestedBlock] => {
    const most = rule.atMost?.[`${at}${name}`];
    const limited = most === undefined ? inner : { ...inner, maxItems: most };
    return [name, { ...limited, block: blockWithFlags(inner.block, `${at}${name}.`, rule) }];
  });
  return { attributes: attributesWithFlags(block.attributes, at, rule, false), blocks: Object.fromEntries(nested) };
}

/** The schema as the bindings give it, with what they don't say: sensitive, write-only, and counts. */
export function configuredSchema(plain: Block, rule: ResourceRule): Block {
  return blockWithFlags(plain, "", rule);
}
