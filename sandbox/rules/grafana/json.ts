import type { Inspection } from "../inspection";

export type Json = Readonly<Record<string, unknown>>;

/** A JSON object, or nothing if it is none. */
export function jsonObject(text: unknown): Json | undefined {
  try {
    const value: unknown = JSON.parse(String(text));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

export function checkJson(config: Inspection, path: string): void {
  for (const { path: at, value } of config.all(path)) {
    if (jsonObject(value) === undefined)
      config.refuse(at, String(value).slice(0, 80), "a JSON object", "Use JSON.stringify or jsonencode.");
  }
}

/** JSON with sorted keys, as Go writes a map: what the provider keeps in the state. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
