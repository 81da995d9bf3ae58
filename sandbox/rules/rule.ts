import type { Attributes } from "../protocol/value-codec";
import type { World } from "../world";
import type { WorldObject } from "../world-object";
import type { Inspection } from "./inspection";
import type { Needs } from "./needs";

/** What a rule may know when a change is applied. */
export interface ApplyContext {
  /** The account or organization that the provider is configured for. */
  readonly owner: string;
  /** A number of this object's own, for ids. */
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly now: string;
  readonly world: World;
}

/**
 * What is known of one resource type beyond its schema. Each rule names its source. Attribute paths are dotted and
 * leave out list indices: `rules.pull_request.required_approving_review_count`.
 */
export interface ResourceRule {
  readonly type: string;
  /** Attributes that plans and states must not show. @default - none */
  readonly sensitive?: readonly string[];
  /** Blocks that may be there at most so often, where that isn't one. @default - as the schema says */
  readonly atMost?: Readonly<Record<string, number>>;
  /** Attributes whose change makes a new object of it. @default - none */
  readonly replaces?: readonly string[];
  /** The same where it depends on the values. @default - none */
  readonly replacesIf?: (before: Attributes, after: Attributes) => readonly string[];
  /** What the provider plans where the configuration says nothing. @default - none */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Blocks that keep what is there while the configuration has none. @default - none */
  readonly keptBlocks?: readonly string[];
  /** Computed attributes that become unknown with any change. @default - the usual suspects (etag, updated_at, …) */
  readonly unsettled?: readonly string[];
  /** What the provider refuses before it asks its API; unknown values are passed over. @default - nothing */
  readonly check?: (config: Inspection) => void;
  /** Differences that the provider plans no change for. @default - none */
  readonly normalize?: (planned: Attributes, prior: Attributes) => Attributes;
  /** The id of the object in the world. @default - its attribute `id` */
  readonly identity?: (attributes: Attributes) => string;
  /** Values for what only the API knows; used where the plan left them unknown. @default - plausible ones by name */
  readonly computed?: (planned: Attributes, context: ApplyContext) => Attributes;
  /** A name that two objects can't share, and the API's words for that. @default - any number of equals */
  readonly unique?: (attributes: Attributes) => { readonly key: string; readonly words: string };
  /** Creating what exists changes it, without complaint. @default - false: refused */
  readonly overwrites?: boolean;
  /** What else must exist when the API gets the request. @default - nothing */
  readonly needs?: (attributes: Attributes, needs: Needs) => void;
  /** What the world holds after the request. @default - what was planned */
  readonly stores?: (planned: Attributes, before: Attributes | undefined) => Attributes;
  /** What a refresh makes of the real thing: here are the provider's blind spots. @default - all of it */
  readonly reads?: (real: Attributes, state: Attributes | undefined) => Attributes;
  /** What the provider does before a destroy, and what the API refuses one for; may throw a Refusal. @default - nothing */
  readonly beforeDestroy?: (object: WorldObject, needs: Needs) => void;
  /** What a destroy leaves. @default - "nothing" */
  readonly destroy?: (state: Attributes) => "nothing" | "everything" | Attributes;
  /** Which other objects go with this one. @default - none */
  readonly owns?: (self: WorldObject, other: WorldObject) => boolean;
  /** What becomes of the others' attributes when this one is renamed. @default - they keep them */
  readonly renames?: (other: Attributes, renamed: Attributes) => Attributes;
  /** Finds what `terraform import` means by an id; `false` if the provider can't import it. @default - the world's id */
  readonly imports?: false | ((id: string, world: World) => WorldObject | undefined);
}

/** How a data source finds what it tells. */
export interface DataRule {
  readonly type: string;
  /** The attributes, or nothing if there is no such thing. */
  readonly find: (config: Attributes, world: World) => Attributes | undefined;
}
