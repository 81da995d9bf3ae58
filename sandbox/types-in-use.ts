/** A synthesized stack: the content of a `cdk.tf.json`. */
export interface SynthesizedStack {
  readonly resource?: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The types in synthesized stacks, as `resource:github_team` and `data:github_team`. */
export function typesInUse(stacks: readonly SynthesizedStack[]): ReadonlySet<string> {
  const types = new Set<string>();
  for (const { resource, data } of stacks) {
    for (const type of Object.keys(resource ?? {})) {
      types.add(`resource:${type}`);
    }
    for (const type of Object.keys(data ?? {})) {
      types.add(`data:${type}`);
    }
  }
  return types;
}
