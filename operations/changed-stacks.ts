import { isDeepStrictEqual } from "node:util";

/** A stack whose configuration is not the same in two synths. */
export interface ChangedStack {
  readonly stack: string;
  readonly change: "new" | "changed" | "gone";
}

/** The synthesized configuration (`cdk.tf.json`) of every stack, by the stack's name. */
export type Configurations = ReadonlyMap<string, unknown>;

/**
 * The stacks whose configuration differs, in the order of their names. What Terraform ignores does not count: a `//` holds cdktf's own notes
 * (its version, the construct's path).
 */
export function changedStacks(base: Configurations, head: Configurations): readonly ChangedStack[] {
  const changed: ChangedStack[] = [];
  for (const stack of [...new Set([...base.keys(), ...head.keys()])].sort()) {
    if (!head.has(stack)) changed.push({ stack, change: "gone" });
    else if (!base.has(stack)) changed.push({ stack, change: "new" });
    else if (!isDeepStrictEqual(withoutNotes(base.get(stack)), withoutNotes(head.get(stack))))
      changed.push({ stack, change: "changed" });
  }
  return changed;
}

/** How deep below the root the bodies of a block type lie: `resource.<type>.<name>` is two below `resource`. */
const BODY_DEPTH: Readonly<Record<string, number>> = {
  data: 2,
  resource: 2,
  module: 1,
  output: 1,
  provider: 1,
  terraform: 0,
  variable: 1,
};

/**
 * A configuration without its comments. Only the body of a block can have one (https://developer.hashicorp.com/terraform/language/syntax/json,
 * "Comment Properties"): deeper down, `//` may be a key of somebody's map.
 */
function withoutNotes(configuration: unknown): unknown {
  if (!isRecord(configuration)) return configuration;
  return Object.fromEntries(
    Object.entries(configuration)
      .filter(([key]) => key !== "//")
      .map(([key, value]) => [key, withoutNote(value, BODY_DEPTH[key])]),
  );
}

function withoutNote(value: unknown, depth: number | undefined): unknown {
  if (depth === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => withoutNote(item, 0));
  if (!isRecord(value)) return value;
  if (depth > 0) return mapped(value, (item) => withoutNote(item, depth - 1));
  const { "//": _note, ...body } = value;
  return body;
}

function mapped(of: Readonly<Record<string, unknown>>, change: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, change(value)]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
