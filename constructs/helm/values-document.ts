import { yamlText } from "../../objectives/yaml-text";
import { literal } from "../literal";

/**
 * Values of a chart as one YAML document, with keys in the order of the alphabet: the same values are the same text, or each plan would show a
 * difference.
 */
export function valuesDocument(values: object): string {
  return literal(yamlText(sorted(values)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
