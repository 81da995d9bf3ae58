import type { Attributes } from "../protocol/value-codec";
import type { Block } from "../schema/schema";
import type { World } from "../world";
import type { WorldObject } from "../world-object";
import type { DataRule } from "./rule";

/**
 * How data sources find things unless a rule says otherwise: the object of the type of the same name whose attributes are
 * what the configuration asks for.
 */
export function generalDataRule(type: string, schema: Block): DataRule {
  return {
    type,
    find: (config: Attributes, world: World) => {
      const asked = Object.entries(config).filter(([, value]) => value !== null && !Array.isArray(value));
      const matches = (object: WorldObject) =>
        asked.every(([name, value]) => !(name in object.attributes) || object.attributes[name] === value);
      const required = Object.entries(schema.attributes).filter(([, attribute]) => attribute.required);
      const askable = (object: WorldObject) => required.every(([name]) => name in object.attributes);
      return world.list(type).find((object) => askable(object) && matches(object))?.attributes;
    },
  };
}
