/** One real thing of the stand-in world: what the API would answer for it, by Terraform's attribute names. */
export interface WorldObject {
  readonly type: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /**
   * Made by Terraform, but Terraform has not asked for it since. If the run that made it was killed before it could
   * save its state, the next run may make it again instead of finding the name taken.
   * @default - Terraform knows it, or a person made it
   */
  readonly unconfirmed?: boolean;
}

/** What changes together: all of it happens, or nothing. */
export interface Mutation {
  readonly put: readonly WorldObject[];
  readonly removed: readonly { readonly type: string; readonly id: string }[];
  /** The next number that the world gives out. */
  readonly next: number;
}
