import { parseDocument } from "yaml";
import type { Attributes } from "../../protocol/value-codec";
import type { Inspection } from "../inspection";

type Values = Readonly<Record<string, unknown>>;

/** What `getValues` refuses: each text is YAML of one record, or empty. The plugin finds out when it applies. */
export function checkValues(config: Inspection): void {
  for (const { path, value } of config.elements("values")) {
    const read = readValues(String(value));
    if (typeof read === "string") {
      config.refuse(path, value, `YAML of one record; ${read}`, "Correct the values; yamlencode(…) writes them.");
    }
  }
}

/** All values of a release as `metadata.values` shows them: JSON, later texts over earlier ones. Those of `set` and its like are left out. */
export function mergedValues({ values }: Attributes): string {
  const texts = Array.isArray(values) ? values.filter((text) => typeof text === "string") : [];
  const merged = texts.reduce<Values>((all, text) => {
    const read = readValues(text);
    return typeof read === "string" ? all : merge(all, read);
  }, {});
  return JSON.stringify(merged);
}

/** The record, or why there is none. */
function readValues(text: string): Values | string {
  if (text === "") {
    return {};
  }
  const document = parseDocument(text, { version: "1.1", uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined) {
    return error.message;
  }
  const value: unknown = document.toJS();
  if (value === null) {
    return {};
  }
  return isRecord(value) ? value : `it is ${Array.isArray(value) ? "a list" : typeof value}`;
}

/** `mergeMaps`: records in records are merged, everything else is replaced. */
function merge(one: Values, other: Values): Values {
  const inner = Object.entries(other).map(([key, value]) => {
    const before = one[key];
    return [key, isRecord(before) && isRecord(value) ? merge(before, value) : value] as const;
  });
  return { ...one, ...Object.fromEntries(inner) };
}

function isRecord(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
