import type { ResourceRule } from "../rule";

/** What is known of one kind, beyond what all objects have in common. */
export interface KindRule extends Omit<ResourceRule, "type"> {
  /** The resource types of the kind: most have two names, with and without its version. */
  readonly types: readonly string[];
}

/** Both names of a kind's resource type. */
export function bothTypes(kind: string): readonly string[] {
  return [`kubernetes_${kind}`, `kubernetes_${kind}_v1`];
}
