import { App, TerraformStack } from "cdktf";
import type { Fleet } from "../../declaration/fleet";
import { withoutCreationStacks } from "../../stacks/creation-stacks";
import { addFleet } from "../../stacks/fleet-stacks";
import type { RunProps } from "../../stacks/gatehouse-stack";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface SynthesizedStack {
  readonly name: string;
  /** As Terraform reads it, without cdktf's own notes and the versions of providers. */
  readonly json: Readonly<Record<string, Json>>;
  /** Names of the stacks that are deployed before. */
  readonly dependencies: readonly string[];
  readonly warnings: readonly string[];
}

/** In place of the chart, whose hash changes with every edit of a template. */
export const CHART = { path: "../../charts/service", version: "1.0.0", sha256: "0".repeat(64) };

/** Every stack of a fleet, in the order in which they are added; nothing is written. */
export function synthesizedFleet(fleet: Fleet, run: RunProps = {}): readonly SynthesizedStack[] {
  return stacksOf((app) => addFleet(app, fleet, { chart: CHART, ...run }));
}

export function stacksOf(build: (app: App) => void): readonly SynthesizedStack[] {
  return withoutCreationStacks(() => synthesized(build));
}

function synthesized(build: (app: App) => void): readonly SynthesizedStack[] {
  const app = new App({ skipValidation: true });
  build(app);
  return app.node.children.filter(TerraformStack.isStack).map((stack) => {
    stack.prepareStack();
    return {
      name: stack.node.id,
      json: withoutNotes(JSON.parse(JSON.stringify(stack.toTerraform()))) as Readonly<Record<string, Json>>,
      dependencies: stack.dependencies.map((dependency) => dependency.node.id),
      warnings: stack.node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => String(data)),
    };
  });
}

/** The stack of a name. */
export function stackNamed(stacks: readonly SynthesizedStack[], name: string): SynthesizedStack {
  const stack = stacks.find((candidate) => candidate.name === name);
  if (stack === undefined)
    throw new Error(`no stack ${name}; there are ${stacks.map((other) => other.name).join(", ")}`);
  return stack;
}

/** The attributes of every resource of a type in a stack, by address. */
export function resources(stack: SynthesizedStack, type: string): Readonly<Record<string, Record<string, Json>>> {
  const all = (stack.json.resource ?? {}) as Record<string, Record<string, Record<string, Json>>>;
  return all[type] ?? {};
}

function withoutNotes(json: Json): Json {
  if (Array.isArray(json)) return json.map(withoutNotes);
  if (typeof json !== "object" || json === null) return json;
  const entries = Object.entries(json).filter(([key]) => key !== "//");
  const isProvider = "source" in json && "version" in json;
  return Object.fromEntries(
    entries.filter(([key]) => !(isProvider && key === "version")).map(([key, value]) => [key, withoutNotes(value)]),
  );
}
