import type { AttributePath } from "../protocol/attribute-path";
import { same } from "../protocol/same";
import { isUnknown, UNKNOWN } from "../protocol/unknown";
import { type Attributes, conform } from "../protocol/value-codec";
import type { ResourceRule } from "../rules/rule";
import { type Attribute, type Block, blockType, isNested, type NestedBlock, type Nesting } from "../schema/schema";

/** What a plan is made from. */
export interface PlanRequest {
  readonly block: Block;
  readonly rule: ResourceRule;
  readonly config: Attributes;
  /** What is in the state. @default - nothing: it is to be made */
  readonly prior: Attributes | undefined;
  /** Whether the plugin is on SDK v2, for which Terraform lets plans differ from the configuration. */
  readonly legacy: boolean;
}

export interface Plan {
  readonly planned: Attributes;
  readonly replaces: readonly AttributePath[];
}

/** Computed attributes that an API changes with every write. */
const UNSETTLED = [
  "etag",
  "updated_at",
  "updated_on",
  "modified_on",
  "last_modified",
  "resource_version",
  "generation",
];

function isZero(value: unknown): boolean {
  return value === "" || value === 0 || value === false || (Array.isArray(value) && value.length === 0);
}

/** Makes a plan as plugins do: what is configured, then defaults, then what is there, then "known after apply". */
class Planner {
  public constructor(private readonly request: PlanRequest) {}

  public block(block: Block, at: string, config: Attributes, prior: Attributes | undefined): Attributes {
    const planned = this.attributes(block.attributes, at, config, prior);
    for (const [name, nested] of Object.entries(block.blocks)) {
      planned[name] = this.nestedBlock(nested, `${at}${name}`, config[name], prior?.[name]);
    }
    return planned;
  }

  private attributes(
    attributes: Readonly<Record<string, Attribute>>,
    at: string,
    config: Attributes,
    prior: Attributes | undefined,
  ): Record<string, unknown> {
    const entries = Object.entries(attributes).map(([name, attribute]) => {
      return [
        name,
        this.attribute(attribute, `${at}${name}`, config[name], prior === undefined ? undefined : { is: prior[name] }),
      ];
    });
    return Object.fromEntries(entries);
  }

  private attribute(
    attribute: Attribute,
    at: string,
    config: unknown,
    prior: { readonly is: unknown } | undefined,
  ): unknown {
    if (attribute.writeOnly === true) {
      return null;
    }
    if (config !== null && config !== undefined) {
      const { type } = attribute;
      if (isUnknown(config) || !isNested(type)) {
        return config;
      }
      return this.elements(type.nesting, config, prior?.is, (inner, before) =>
        this.attributes(type.attributes, `${at}.`, inner, before),
      );
    }
    const { defaults } = this.request.rule;
    if (defaults !== undefined && at in defaults) {
      return structuredClone(defaults[at]);
    }
    if (attribute.computed) {
      return prior === undefined ? UNKNOWN : prior.is;
    }
    // SDK v2 doesn't tell an absent value from a zero one: such a difference plans no change.
    return this.request.legacy && prior !== undefined && isZero(prior.is) ? prior.is : null;
  }

  private nestedBlock(nested: NestedBlock, at: string, config: unknown, prior: unknown): unknown {
    if (isUnknown(config)) {
      return config;
    }
    const empty = config === null || config === undefined || (Array.isArray(config) && config.length === 0);
    if (empty && this.request.rule.keptBlocks?.includes(at) === true) {
      return prior ?? [];
    }
    return empty
      ? (config ?? null)
      : this.elements(nested.nesting, config, prior, (inner, before) =>
          this.block(nested.block, `${at}.`, inner, before),
        );
  }

  /** Plans each element with the one that it had before: lists by position, maps by key, sets by likeness. */
  private elements(
    nesting: Nesting,
    config: unknown,
    prior: unknown,
    plan: (config: Attributes, prior: Attributes | undefined) => Attributes,
  ): unknown {
    const each = (inner: unknown, before: unknown) =>
      isUnknown(inner) || inner === null
        ? inner
        : plan(inner as Attributes, (before as Attributes | null) ?? undefined);
    if (nesting === "single") {
      return each(config, prior);
    }
    if (nesting === "map") {
      const before = (prior ?? {}) as Attributes;
      return Object.fromEntries(
        Object.entries(config as Attributes).map(([key, inner]) => [key, each(inner, before[key])]),
      );
    }
    const before = Array.isArray(prior) ? prior : [];
    return (config as unknown[]).map((inner, i) =>
      each(inner, nesting === "list" ? before[i] : before.find((candidate) => alike(inner, candidate))),
    );
  }
}

function alike(config: unknown, candidate: unknown): boolean {
  return Object.entries((config ?? {}) as Attributes).every(
    ([name, value]) => value === null || same(value, (candidate as Attributes)[name]),
  );
}

function differing(paths: readonly string[], prior: Attributes, planned: Attributes): AttributePath[] {
  return paths.flatMap((path) => {
    let [before, after]: [unknown, unknown] = [prior, planned];
    const steps: (string | number)[] = [];
    for (const name of path.split(".")) {
      if (Array.isArray(before) && Array.isArray(after)) {
        [before, after] = [before[0], after[0]];
        steps.push(0);
      }
      [before, after] = [(before as Attributes | null)?.[name], (after as Attributes | null)?.[name]];
      steps.push(name);
    }
    return same(before ?? null, after ?? null) ? [] : [steps];
  });
}

/** The plan for one resource that is to be there. */
export function makePlan(request: PlanRequest): Plan {
  const { block, rule, config, prior } = request;
  const shape = blockType(block);
  const drawn = conform(new Planner(request).block(block, "", config, prior), shape) as Attributes;
  if (prior === undefined) {
    return { planned: drawn, replaces: [] };
  }
  const planned = rule.normalize === undefined ? drawn : (conform(rule.normalize(drawn, prior), shape) as Attributes);
  if (same(planned, prior)) {
    return { planned, replaces: [] };
  }
  const names = [...(rule.replaces ?? []), ...(rule.replacesIf?.(prior, planned) ?? [])];
  const unsettled = (rule.unsettled ?? UNSETTLED).filter((name) => {
    const attribute = block.attributes[name];
    return attribute?.computed === true && (config[name] ?? null) === null;
  });
  return {
    planned: { ...planned, ...Object.fromEntries(unsettled.map((name) => [name, UNKNOWN])) },
    replaces: differing(names, prior, planned),
  };
}
