import type { AttributePath } from "../protocol/attribute-path";
import { Refusal } from "../protocol/diagnostic";
import type { Attributes } from "../protocol/value-codec";
import type { World } from "../world";
import type { WorldObject } from "../world-object";

/** What a request refers to must exist when it arrives; otherwise the API answers 404 or 422. */
export class Needs {
  public constructor(
    private readonly type: string,
    public readonly world: World,
  ) {}

  /**
   * @throws Refusal if the world has no such object
   */
  public object(type: string, id: string, path: AttributePath): WorldObject {
    return this.found(type, id, path, this.world.get(type, id));
  }

  /**
   * @throws Refusal if the world has none that the predicate accepts
   */
  public some(
    type: string,
    words: string,
    path: AttributePath,
    predicate: (attributes: Attributes) => boolean,
  ): WorldObject {
    return this.found(type, words, path, this.world.find(type, predicate));
  }

  public refuse(path: AttributePath, detail: string): never {
    throw new Refusal(`${this.type} can't be applied`, detail, path);
  }

  private found(type: string, words: string, path: AttributePath, object: WorldObject | undefined): WorldObject {
    if (object !== undefined) {
      return object;
    }
    throw new Refusal(
      `${this.type} refers to a ${type} that doesn't exist`,
      `Came ${words}, expected a ${type} that exists when this is applied. Create it first: let this resource ` +
        "refer to the other one, or depend on it.",
      path,
    );
  }
}
