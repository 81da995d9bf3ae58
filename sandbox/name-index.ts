import type { WorldObject } from "./world-object";

/** The objects of one type by a name of theirs, kept while they change: looking through all of them would cost n² in all. */
export class NameIndex {
  private readonly ids = new Map<string, Set<string>>();

  public constructor(private readonly nameOf: (attributes: WorldObject["attributes"]) => string) {}

  /** Notes that `after` stands where `before` stood. */
  public change(before: WorldObject | undefined, after: WorldObject | undefined): void {
    if (before !== undefined) {
      this.ids.get(this.nameOf(before.attributes))?.delete(before.id);
    }
    if (after !== undefined) {
      const name = this.nameOf(after.attributes);
      const ids = this.ids.get(name) ?? new Set();
      this.ids.set(name, ids.add(after.id));
    }
  }

  public idsOf(name: string): readonly string[] {
    return [...(this.ids.get(name) ?? [])];
  }
}
