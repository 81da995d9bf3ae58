import { type Node, Scalar } from "yaml";
import { map, mapValues, sequence, text } from "../yaml-nodes";

/** What a configuration file is made of. Entries that are undefined are left out. */
export type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain | undefined };

/** Plain data as YAML in which text is text for every reader. */
export function plainNode(value: Plain): Node {
  if (typeof value === "string") return text(value);
  if (typeof value === "number" || typeof value === "boolean") return new Scalar(value);
  if (isList(value)) return sequence(value.map(plainNode));
  return map(mapValues(value, (entry) => (entry === undefined ? undefined : plainNode(entry))));
}

function isList(value: object): value is readonly Plain[] {
  return Array.isArray(value);
}
