import { lockDirectory } from "./directory-lock";
import { Journal } from "./journal";
import { NameIndex } from "./name-index";
import type { Mutation, WorldObject } from "./world-object";

type Attributes = WorldObject["attributes"];

/** Numbers that the world gives out start here: long enough to look like an API's. */
const FIRST_NUMBER = 100_001;

/**
 * What really exists, as the stand-ins' APIs would tell it. Terraform changes it through the providers; `create`,
 * `edit` and `remove` are for somebody who changes the real thing behind Terraform's back.
 */
export class World {
  private readonly objects = new Map<string, Map<string, WorldObject>>();
  private readonly indices = new Map<string, NameIndex>();
  private readonly loaded = new Set<string>();
  private next = FIRST_NUMBER;
  private undo: (() => void)[] | undefined;
  private changed: Map<string, { readonly type: string; readonly id: string }> = new Map();
  private readonly journal: Journal | undefined;
  private readonly release: () => void;
  /** What a person should know about how the world was found, such as a journal line that was cut off. */
  public readonly notices: readonly string[];

  /**
   * @param directory - where the world survives; @default - in memory, gone at close
   * @throws Error if another living process uses the directory, or its journal can't be read
   */
  public constructor(directory?: string) {
    if (directory === undefined) {
      this.release = () => undefined;
      this.notices = [];
      return;
    }
    this.release = lockDirectory(directory);
    try {
      this.journal = new Journal(directory);
      const { mutations, notices } = this.journal.recover();
      this.notices = notices;
      for (const mutation of mutations) {
        this.replay(mutation);
      }
      this.journal.restart({ put: this.list(), removed: [], next: this.next });
    } catch (error) {
      this.release();
      throw error;
    }
  }

  /** All objects, or those of one type, in the order of their making. */
  public list(type?: string): readonly WorldObject[] {
    const types = type === undefined ? [...this.objects.keys()] : [type];
    return types.flatMap((each) => [...(this.objects.get(each)?.values() ?? [])]);
  }

  public get(type: string, id: string): WorldObject | undefined {
    return this.objects.get(type)?.get(id);
  }

  public find(type: string, predicate: (attributes: Attributes) => boolean): WorldObject | undefined {
    for (const object of this.objects.get(type)?.values() ?? []) {
      if (predicate(object.attributes)) {
        return object;
      }
    }
    return undefined;
  }

  /**
   * Adds an object as it stands: attributes that nobody gives are missing. `Sandbox.create` fills in the computed ones.
   *
   * @throws Error if there is one already
   */
  public create(type: string, id: string, attributes: Attributes): WorldObject {
    if (this.get(type, id) !== undefined) {
      throw new Error(`sandbox: the world already has a ${type} ${id}; edit it, or choose another id.`);
    }
    return this.put({ type, id, attributes });
  }

  /** Adds an object, or replaces the one with its type and id. */
  public put(object: WorldObject): WorldObject {
    return this.transaction(() => {
      this.set(object);
      return object;
    });
  }

  /**
   * Changes an object behind Terraform's back.
   *
   * @throws Error if there is none
   */
  public edit(type: string, id: string, change: (attributes: Attributes) => Attributes): WorldObject {
    const before = this.get(type, id);
    if (before === undefined) {
      const known = this.list(type).map((object) => object.id);
      throw new Error(
        `sandbox: the world has no ${type} ${id} to edit; it has ${known.join(", ") || "none of that type"}.`,
      );
    }
    return this.put({ ...before, attributes: structuredClone(change(structuredClone(before.attributes))) });
  }

  /** Removes an object; `false` if there was none. */
  public remove(type: string, id: string): boolean {
    return this.transaction(() => this.delete(type, id));
  }

  /**
   * The objects of a type that have a name. The first question makes an index of that type; `nameOf` must be the same
   * function of the attributes every time.
   */
  public named(type: string, name: string, nameOf: (attributes: Attributes) => string): readonly WorldObject[] {
    let index = this.indices.get(type);
    if (index === undefined) {
      index = new NameIndex(nameOf);
      for (const object of this.list(type)) {
        index.change(undefined, object);
      }
      this.indices.set(type, index);
    }
    return index.idsOf(name).flatMap((id) => this.get(type, id) ?? []);
  }

  /** A number that was never given out before. */
  public nextNumber(): number {
    return this.transaction(() => {
      const number = this.next;
      this.next += 1;
      this.undo?.push(() => {
        this.next = number;
      });
      return number;
    });
  }

  /** Whether an object was made by a run that was killed before its Terraform could have learnt of it. */
  public isOrphan(object: WorldObject): boolean {
    return object.unconfirmed === true && this.loaded.has(`${object.type} ${object.id}`);
  }

  /** Notes that Terraform knows the object. */
  public confirm(type: string, id: string): void {
    const object = this.get(type, id);
    if (object?.unconfirmed === true) {
      this.put({ type, id, attributes: object.attributes });
    }
  }

  /** Runs changes that belong together: if one throws, none has happened; otherwise they are one line of the journal. */
  public transaction<T>(changes: () => T): T {
    if (this.undo !== undefined) {
      return changes();
    }
    this.undo = [];
    this.changed = new Map();
    const before = this.next;
    try {
      const result = changes();
      if (this.changed.size > 0 || this.next !== before) {
        this.journal?.append(this.mutation());
      }
      return result;
    } catch (error) {
      for (const revert of this.undo.reverse()) {
        revert();
      }
      throw error;
    } finally {
      this.undo = undefined;
    }
  }

  /** Closes the journal and gives the directory back. */
  public close(): void {
    this.journal?.close();
    this.release();
  }

  private mutation(): Mutation {
    const put: WorldObject[] = [];
    const removed: { type: string; id: string }[] = [];
    for (const { type, id } of this.changed.values()) {
      const object = this.get(type, id);
      if (object === undefined) {
        removed.push({ type, id });
      } else {
        put.push(object);
      }
    }
    return { put, removed, next: this.next };
  }

  private set(object: WorldObject): void {
    const { type, id } = object;
    const before = this.get(type, id);
    this.place(type, id, object);
    this.loaded.delete(`${type} ${id}`);
    this.remember(type, id, before);
  }

  private delete(type: string, id: string): boolean {
    const before = this.get(type, id);
    if (before === undefined) {
      return false;
    }
    this.place(type, id, undefined);
    this.remember(type, id, before);
    return true;
  }

  private place(type: string, id: string, object: WorldObject | undefined): void {
    const ofType = this.objects.get(type) ?? new Map<string, WorldObject>();
    this.objects.set(type, ofType);
    this.indices.get(type)?.change(ofType.get(id), object);
    if (object === undefined) {
      ofType.delete(id);
    } else {
      ofType.set(id, object);
    }
  }

  private remember(type: string, id: string, before: WorldObject | undefined): void {
    this.changed.set(`${type} ${id}`, { type, id });
    this.undo?.push(() => this.place(type, id, before));
  }

  private replay({ put, removed, next }: Mutation): void {
    for (const object of put) {
      this.set(object);
      this.loaded.add(`${object.type} ${object.id}`);
    }
    for (const { type, id } of removed) {
      this.delete(type, id);
    }
    this.next = next;
  }
}
