import { Refusal } from "../protocol/diagnostic";
import type { Attributes } from "../protocol/value-codec";
import { Needs } from "../rules/needs";
import type { ApplyContext, ResourceRule } from "../rules/rule";
import { type Block, blockType } from "../schema/schema";
import type { WorldObject } from "../world-object";
import { settle } from "./settle";

/** What a write left: the real thing, and what was planned with nothing unknown any more. */
export interface Written {
  readonly object: WorldObject;
  readonly settled: Attributes;
}

/** Makes planned changes real in the world. Its caller holds a transaction. */
export class Application {
  public constructor(
    private readonly context: Omit<ApplyContext, "number">,
    private readonly ruleOf: (type: string) => ResourceRule,
  ) {}

  /**
   * Writes what was planned: a new object, or a changed one if it has an id already.
   *
   * @throws Refusal as the API would refuse
   */
  public write(rule: ResourceRule, block: Block, planned: Attributes, id: string | undefined): Written {
    const { world, now, owner } = this.context;
    const { type } = rule;
    rule.needs?.(planned, new Needs(type, world));
    const before = id === undefined ? undefined : world.get(type, id);
    // Where creating and changing are one request, what is gone is made again.
    if (id !== undefined && before === undefined && rule.overwrites !== true) {
      throw new Refusal(
        `${type} ${id} can't be changed`,
        "404: it doesn't exist any more. Somebody removed it since the plan; plan again.",
      );
    }
    const number = world.nextNumber();
    const known = rule.computed?.(planned, { owner, number, now, world }) ?? {};
    const settled = settle(planned, known, blockType(block), { type, number, now });
    const newId = String(rule.identity === undefined ? settled.id : rule.identity(settled));
    const replaced = this.taken(rule, settled, newId, id);
    const attributes = rule.stores === undefined ? settled : rule.stores(settled, (before ?? replaced)?.attributes);
    if (before !== undefined && before.id !== newId) {
      world.remove(type, before.id);
      this.carry(rule, before, settled);
    }
    const fresh = before === undefined;
    const object = world.put({ type, id: newId, attributes, ...(fresh ? { unconfirmed: true } : {}) });
    return { object, settled };
  }

  /** Destroys what the rule says a destroy takes, and what belongs to it. What is gone already is fine. */
  public destroy(rule: ResourceRule, id: string, prior: Attributes | undefined): void {
    const { world } = this.context;
    const object = world.get(rule.type, id);
    if (object === undefined) {
      return;
    }
    rule.beforeDestroy?.(object, new Needs(rule.type, world));
    const left = rule.destroy?.(prior ?? object.attributes) ?? "nothing";
    if (left === "everything") {
      world.confirm(rule.type, id);
      return;
    }
    if (left !== "nothing") {
      world.put({ type: rule.type, id, attributes: { ...object.attributes, ...left } });
      return;
    }
    world.remove(rule.type, id);
    if (rule.owns === undefined) {
      return;
    }
    for (const other of world.list()) {
      if (rule.owns(object, other)) {
        world.remove(other.type, other.id);
      }
    }
  }

  /** Refuses a name that is taken, unless creating it again changes it, or an interrupted run left it behind. */
  private taken(
    rule: ResourceRule,
    settled: Attributes,
    newId: string,
    ownId: string | undefined,
  ): WorldObject | undefined {
    const { type } = rule;
    const { world } = this.context;
    const unique = rule.unique?.(settled);
    const namesake = newId === ownId ? undefined : world.get(type, newId);
    const same = namesake ?? (unique === undefined ? undefined : this.twin(rule, unique.key, ownId));
    if (same === undefined || rule.overwrites === true) {
      return same;
    }
    if (world.isOrphan(same)) {
      world.remove(type, same.id);
      return same;
    }
    throw new Refusal(
      `${type} ${newId} can't be created`,
      `${unique?.words ?? "It already exists"} (the world has it as ${same.id}). Import it, or choose another name.`,
    );
  }

  /** Takes along what belongs to a renamed object. */
  private carry(rule: ResourceRule, before: WorldObject, renamed: Attributes): void {
    const { world } = this.context;
    for (const other of world.list()) {
      if (rule.renames === undefined || rule.owns?.(before, other) !== true) {
        continue;
      }
      const attributes = rule.renames(other.attributes, renamed);
      const id = this.ruleOf(other.type).identity?.(attributes) ?? other.id;
      world.remove(other.type, other.id);
      world.put({ ...other, id, attributes });
    }
  }

  private twin(rule: ResourceRule, key: string, ownId: string | undefined): WorldObject | undefined {
    const nameOf = (attributes: Attributes) => rule.unique?.(attributes).key ?? "";
    return this.context.world.named(rule.type, key, nameOf).find((other) => other.id !== ownId);
  }
}
