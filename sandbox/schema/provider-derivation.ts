import type { NestingStyle } from "./derivation";
import type { Attribute, Block, NestedBlock, ValueType } from "./schema";

const STORED: Readonly<Record<string, ValueType>> = {
  string: "string",
  number: "number",
  boolean: "bool",
  stringMap: ["map", "string"],
};

/**
 * The schema of a provider's own configuration. Its class has no accessors to tell types from, only the mappers that
 * write HCL. All is optional here: credentials come from the environment, and an empty provider block must do.
 *
 * @throws Error if a mapper is written in a way this derivation has not seen
 */
export function deriveProviderBlock(source: string, style: NestingStyle): Block {
  const start = source.indexOf("synthesizeHclAttributes()");
  if (start < 0) {
    throw new Error("sandbox: expected synthesizeHclAttributes in the provider's source, found none.");
  }
  return blockFrom(source, source.slice(start), style);
}

function blockFrom(source: string, code: string, style: NestingStyle): Block {
  const attributes: Record<string, Attribute> = {};
  const blocks: Record<string, NestedBlock> = {};
  const pattern =
    /^ +(\w+): \{\n +value: (.*),\n +isBlock: (true|false),\n +type: "(\w+)",\n +storageClassType: "(\w+)",/gm;
  for (const [, name, value, isBlock, kind, stored] of code.matchAll(pattern)) {
    if (name === undefined || value === undefined || kind === undefined || stored === undefined || name === "alias") {
      continue;
    }
    const optional = { required: false, optional: true, computed: false };
    if (isBlock === "false") {
      attributes[name] = { ...optional, type: plain(name, kind, stored) };
      continue;
    }
    const mapper = /(\w+ToHclTerraform)\b(?!.*\w+ToHclTerraform)/.exec(value)?.[1];
    const inner = blockFrom(source, functionBody(source, mapper ?? "", name), style);
    if (style === "attributes") {
      const nesting = kind === "struct" ? "single" : kind === "set" ? "set" : "list";
      attributes[name] = { ...optional, type: { nesting, attributes: inner.attributes } };
    } else {
      blocks[name] = { nesting: "list", ...(value.includes("listMapperHcl") ? {} : { maxItems: 1 }), block: inner };
    }
  }
  return { attributes, blocks };
}

function plain(name: string, kind: string, stored: string): ValueType {
  const list = /^(string|number)List$/.exec(stored)?.[1] as "string" | "number" | undefined;
  const type = list !== undefined ? ([kind === "set" ? "set" : "list", list] as const) : STORED[stored];
  if (type === undefined) {
    throw new Error(`sandbox: provider attribute ${name} has the unknown type ${stored}.`);
  }
  return type;
}

function functionBody(source: string, mapper: string, name: string): string {
  const start = source.indexOf(`export function ${mapper}(`);
  if (mapper === "" || start < 0) {
    throw new Error(`sandbox: provider block ${name} has no mapper in the binding's source.`);
  }
  return source.slice(start, source.indexOf("\n}\n", start));
}
