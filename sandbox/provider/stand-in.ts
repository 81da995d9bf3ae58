import { type Diagnostic, Refusal } from "../protocol/diagnostic";
import { same } from "../protocol/same";
import { type Attributes, conform } from "../protocol/value-codec";
import { dataRule, resourceRule } from "../rules/catalogue";
import { Inspection } from "../rules/inspection";
import type { ResourceRule } from "../rules/rule";
import { type Block, blockType } from "../schema/schema";
import { NESTING_STYLE, type ProviderName, plainSchema, type TypeKind } from "../schema/schemas";
import type { World } from "../world";
import type { WorldObject } from "../world-object";
import { Application } from "./application";
import { computedOnly } from "./computed-only";
import { configuredSchema } from "./configured-schema";
import { makePlan, type Plan } from "./planning";

/** A change to make real. */
export interface Change {
  readonly type: string;
  /** The id that the object has in the world. @default - it has none yet */
  readonly id: string | undefined;
  readonly prior: Attributes | undefined;
  /** @default - it is to go */
  readonly planned: Attributes | undefined;
}

/** What there is after a change. */
export interface Outcome {
  readonly id: string;
  readonly state: Attributes;
}

/** What one provider does, on plain values. Nothing here knows of gRPC. */
export class StandIn {
  private readonly schemas = new Map<string, Block>();
  /** The account or organization that things belong to. */
  public owner = "sandbox";

  /** @param now - ISO 8601, UTC */
  public constructor(
    public readonly provider: ProviderName,
    private readonly world: World,
    private readonly now: () => string,
  ) {}

  /** Whether the plugin is on SDK v2, whose looser rules Terraform grants it. */
  public get legacy(): boolean {
    return NESTING_STYLE[this.provider] === "blocks";
  }

  public schema(kind: TypeKind, type: string): Block {
    const key = `${kind}:${type}`;
    const known = this.schemas.get(key);
    if (known !== undefined) {
      return known;
    }
    const plain = plainSchema(this.provider, kind, type);
    const schema = kind === "resource" ? configuredSchema(plain, this.rule(type)) : plain;
    this.schemas.set(key, schema);
    return schema;
  }

  public validate(type: string, config: Attributes): readonly Diagnostic[] {
    const block = this.schema("resource", type);
    const inspection = new Inspection(type, config, blockType(block));
    this.rule(type).check?.(inspection);
    return [...computedOnly(type, block, config, this.legacy), ...inspection.diagnostics];
  }

  public plan(type: string, config: Attributes, prior: Attributes | undefined): Plan {
    const { legacy } = this;
    return makePlan({ block: this.schema("resource", type), rule: this.rule(type), config, prior, legacy });
  }

  /** What a person should hear about a plan. */
  public warnings(type: string, prior: Attributes | undefined, planned: Attributes | undefined): readonly Diagnostic[] {
    if (this.rule(type).destroy?.({}) !== "everything" || (prior !== undefined && planned !== undefined)) {
      return [];
    }
    const detail =
      planned === undefined
        ? `Destroying a ${type} sends nothing: the real thing stays as it is until somebody removes it by hand.`
        : `A ${type} can't be destroyed by Terraform: once made, the real thing stays until somebody removes it by hand.`;
    return [{ severity: "WARNING", summary: "sandbox: destroying this resource changes nothing", detail }];
  }

  /**
   * Makes a change real, wholly or not at all.
   *
   * @throws Refusal as the provider or its API would refuse
   */
  public apply(change: Change): Outcome | undefined {
    return this.world.transaction(() => {
      if (change.planned === undefined) {
        if (change.id !== undefined) {
          this.application().destroy(this.rule(change.type), change.id, change.prior);
        }
        return undefined;
      }
      return this.write(change.type, change.planned, change.id);
    });
  }

  /**
   * Makes something by hand, not through Terraform: its state is nobody's.
   *
   * @throws Refusal as the API would refuse
   */
  public create(type: string, attributes: Attributes): WorldObject {
    const config = conform(attributes, blockType(this.schema("resource", type))) as Attributes;
    const [refused] = this.validate(type, config);
    if (refused !== undefined) {
      throw new Refusal(refused.summary.replace(/^sandbox: /, ""), refused.detail, refused.path);
    }
    return this.world.transaction(() => {
      const outcome = this.write(type, this.plan(type, config, undefined).planned, undefined);
      this.world.confirm(type, outcome.id);
      return this.world.get(type, outcome.id) as WorldObject;
    });
  }

  /** What a refresh finds; nothing if the real thing is gone. */
  public read(type: string, id: string, state: Attributes | undefined): Attributes | undefined {
    const object = this.world.get(type, id);
    if (object === undefined) {
      return undefined;
    }
    this.world.confirm(type, id);
    return this.seen(type, object, state);
  }

  /** The world's id for what is in a state that says none, as after an import elsewhere. */
  public identify(type: string, state: Attributes): string | undefined {
    const rule = this.rule(type);
    return rule.identity === undefined ? (state.id as string | undefined) : rule.identity(state);
  }

  /**
   * @throws Refusal if there is nothing by that id, or the provider can't import the type
   */
  public import(type: string, id: string): Outcome {
    const { imports } = this.rule(type);
    if (imports === false) {
      throw new Refusal(`${type} can't be imported`, "The provider has no import for it: let Terraform create it.");
    }
    const object = imports === undefined ? this.world.get(type, id) : imports(id, this.world);
    if (object === undefined) {
      const known = this.world.list(type).map((each) => each.id);
      throw new Refusal(
        `${type} ${id} doesn't exist`,
        `Came the id ${id}, expected one of a ${type} in this world: ${known.join(", ") || "there is none"}.`,
      );
    }
    return { id: object.id, state: this.seen(type, object, undefined) };
  }

  /**
   * @throws Refusal if there is no such thing
   */
  public readData(type: string, config: Attributes): Attributes {
    const block = this.schema("data", type);
    const found = dataRule(type, block).find(config, this.world);
    if (found === undefined) {
      const asked = Object.entries(config).filter(([, value]) => value !== null && value !== undefined);
      throw new Refusal(
        `data.${type} finds nothing`,
        `Came ${JSON.stringify(Object.fromEntries(asked))}, expected a ${type} that exists in this world. ` +
          "Create it first, or correct the arguments.",
      );
    }
    const given = Object.entries(config).filter(([, value]) => value !== null);
    return conform({ ...found, ...Object.fromEntries(given) }, blockType(block)) as Attributes;
  }

  private rule(type: string): ResourceRule {
    return resourceRule(this.provider, type);
  }

  private application(): Application {
    const { world, owner } = this;
    return new Application({ owner, now: this.now(), world }, (type) => this.rule(type));
  }

  private write(type: string, planned: Attributes, id: string | undefined): Outcome {
    const { object, settled } = this.application().write(this.rule(type), this.schema("resource", type), planned, id);
    // SDK v2 plugins answer with what they read back; framework plugins must answer with what was planned.
    return { id: object.id, state: this.legacy ? this.seen(type, object, settled) : settled };
  }

  private seen(type: string, object: WorldObject, state: Attributes | undefined): Attributes {
    const rule = this.rule(type);
    const block = this.schema("resource", type);
    const real = conform(object.attributes, blockType(block)) as Attributes;
    const read = rule.reads === undefined ? real : rule.reads(real, state);
    const hidden = Object.entries(block.attributes).filter(([, attribute]) => attribute.writeOnly === true);
    const seen = { ...read, ...Object.fromEntries(hidden.map(([name]) => [name, null])) };
    return state !== undefined && same(seen, state) ? state : (conform(seen, blockType(block)) as Attributes);
  }
}
