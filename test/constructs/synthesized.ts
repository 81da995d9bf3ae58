import { TerraformStack, Testing } from "cdktf";

type Attributes = Readonly<Record<string, unknown>>;

/** A synthesized stack, as Terraform reads it. */
export interface Synthesized {
  readonly data: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly import: readonly { readonly to: string; readonly id: string }[];
  readonly output: Readonly<Record<string, Attributes>>;
  readonly provider: Readonly<Record<string, readonly Attributes[]>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly terraform: { readonly required_providers: Readonly<Record<string, Attributes>> };
}

/** What a stack becomes that `build` has filled. */
export function synthesized(build: (stack: TerraformStack) => void): Synthesized {
  const stack = new TerraformStack(Testing.app(), "stack");
  build(stack);
  return { data: {}, import: [], output: {}, resource: {}, ...JSON.parse(Testing.synth(stack)) };
}

/** The attributes of each resource of a type, without cdktf's own note, in the order of their addresses. */
export function resourcesOf(build: (stack: TerraformStack) => void, type: string): readonly Attributes[] {
  return Object.values(synthesized(build).resource[type] ?? {}).map(({ "//": _note, ...attributes }) => attributes);
}

/** The one resource of a type. */
export function resourceOf(build: (stack: TerraformStack) => void, type: string): Attributes {
  const [resource, ...others] = resourcesOf(build, type);
  if (resource === undefined || others.length > 0) {
    throw new Error(`expected one ${type}, came ${resource === undefined ? 0 : others.length + 1}`);
  }
  return resource;
}
