import type { AttributePath } from "../protocol/attribute-path";
import { pathText } from "../protocol/attribute-path";
import type { Diagnostic } from "../protocol/diagnostic";
import { same } from "../protocol/same";
import { isUnknown } from "../protocol/unknown";
import type { Attributes } from "../protocol/value-codec";
import { type Attribute, type Block, isNested } from "../schema/schema";

function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined && !same(value, []);
}

/**
 * Refuses values for attributes that only the provider computes. Terraform leaves that check to the provider, and
 * plugins make it.
 */
export function computedOnly(type: string, block: Block, config: Attributes, legacy: boolean): readonly Diagnostic[] {
  const found: AttributePath[] = [];
  const each = (value: unknown, path: AttributePath, visit: (value: Attributes, path: AttributePath) => void): void => {
    if (Array.isArray(value)) {
      value.forEach((inner, i) => {
        each(inner, [...path, i], visit);
      });
    } else if (typeof value === "object" && value !== null && !isUnknown(value)) {
      visit(value as Attributes, path);
    }
  };
  const attributes = (all: Readonly<Record<string, Attribute>>, value: Attributes, path: AttributePath): void => {
    for (const [name, attribute] of Object.entries(all)) {
      const given = value[name];
      const at = [...path, name];
      if (attribute.computed && !attribute.optional && isGiven(given)) {
        found.push(at);
      } else if (isNested(attribute.type)) {
        const inner = attribute.type;
        if (inner.nesting !== "map") {
          each(given, at, (object, objectPath) => {
            attributes(inner.attributes, object, objectPath);
          });
        }
      }
    }
  };
  const blocks = (all: Block, value: Attributes, path: AttributePath): void => {
    attributes(all.attributes, value, path);
    for (const [name, nested] of Object.entries(all.blocks)) {
      each(value[name], [...path, name], (object, objectPath) => {
        blocks(nested.block, object, objectPath);
      });
    }
  };
  blocks(block, config, []);
  // SDK v2 adds `id` to every resource, marks it optional, and refuses it all the same.
  if (legacy && isGiven(config.id)) {
    found.push(["id"]);
  }
  return found.map((path) => ({
    severity: "ERROR",
    summary: `sandbox: ${type} refuses ${pathText(path)}`,
    detail: `Came a value, expected none: the provider computes ${pathText(path)}. Remove it from the configuration.`,
    path,
  }));
}
