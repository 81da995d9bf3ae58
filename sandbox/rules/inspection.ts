import type { AttributePath } from "../protocol/attribute-path";
import { pathText } from "../protocol/attribute-path";
import type { Diagnostic } from "../protocol/diagnostic";
import { isUnknown } from "../protocol/unknown";
import type { Attributes } from "../protocol/value-codec";
import type { ValueType } from "../schema/schema";

/** A value of the configuration, and where it stands. A path ends before a set: its elements have no place. */
export interface Found {
  readonly path: AttributePath;
  readonly value: unknown;
}

function find(value: unknown, type: ValueType, names: readonly string[], path: AttributePath, fixed: boolean): Found[] {
  if (value === null || value === undefined || isUnknown(value)) {
    return [];
  }
  if (Array.isArray(type) && (type[0] === "list" || type[0] === "set")) {
    if (names.length === 0) {
      // Terraform can't tell no block from an empty list of them.
      return (value as unknown[]).length === 0 ? [] : [{ path, value }];
    }
    const inSet = fixed || type[0] === "set";
    return (value as unknown[]).flatMap((element, i) =>
      find(element, type[1] as ValueType, names, inSet ? path : [...path, i], inSet),
    );
  }
  const [name, ...rest] = names;
  if (name === undefined) {
    return [{ path, value }];
  }
  if (!Array.isArray(type) || type[0] !== "object") {
    return [];
  }
  const inner = (type[1] as Readonly<Record<string, ValueType>>)[name];
  if (inner === undefined) {
    throw new Error(`sandbox: a rule looks at ${[...path, name].join(".")}, which the schema doesn't have.`);
  }
  return find((value as Attributes)[name], inner, rest, fixed ? path : [...path, name], fixed);
}

/** One configuration under inspection; every refusal is collected, none is thrown. */
export class Inspection {
  private readonly refusals: Diagnostic[] = [];

  public constructor(
    public readonly type: string,
    public readonly config: Attributes,
    private readonly shape: ValueType,
  ) {}

  public get diagnostics(): readonly Diagnostic[] {
    return this.refusals;
  }

  /** The known values at a dotted path, through all lists and sets on the way. */
  public all(path: string): readonly Found[] {
    return find(this.config, this.shape, path.split("."), [], false);
  }

  /** The elements of the lists or sets at a dotted path. */
  public elements(path: string): readonly Found[] {
    return this.all(path).flatMap(({ path: at, value }) =>
      (value as unknown[])
        .filter((element) => element !== null && !isUnknown(element))
        .map((element, i) => ({
          path: [...at, i],
          value: element,
        })),
    );
  }

  /** The one known value at a dotted path. */
  public value(path: string): unknown {
    return this.all(path)[0]?.value;
  }

  public refuse(path: AttributePath, came: unknown, expected: string, remedy: string): void {
    this.refusals.push({
      severity: "ERROR",
      summary: `sandbox: ${this.type} refuses ${pathText(path) || "this"}`,
      detail: `Came ${JSON.stringify(came)}, expected ${expected}. ${remedy}`,
      path,
    });
  }

  public oneOf(path: string, values: readonly string[], options: { readonly ignoreCase?: boolean } = {}): void {
    const fold = (text: string) => (options.ignoreCase === true ? text.toLowerCase() : text);
    for (const found of this.all(path)) {
      if (!values.some((value) => fold(value) === fold(String(found.value)))) {
        this.refuse(found.path, found.value, `one of ${values.join(", ")}`, "Choose one of these.");
      }
    }
  }

  public between(path: string, least: number, most: number, unit: string): void {
    for (const { path: at, value } of this.all(path)) {
      if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
        this.refuse(at, value, `a whole number of ${unit} from ${least} to ${most}`, "Choose one in that range.");
      }
    }
  }

  public matches(path: string, pattern: RegExp, words: string): void {
    for (const found of this.all(path)) {
      if (!pattern.test(String(found.value))) {
        this.refuse(found.path, found.value, words, `It must match ${pattern}.`);
      }
    }
  }

  /** Lengths are counted in characters, as Unicode counts them. */
  public length(path: string, least: number, most: number): void {
    for (const found of this.all(path)) {
      const length = [...String(found.value)].length;
      if (length < least || length > most) {
        this.refuse(
          found.path,
          found.value,
          `${least} to ${most} characters (it has ${length})`,
          "Shorten or fill it.",
        );
      }
    }
  }

  public conflict(one: string, other: string): void {
    const [first] = this.all(one);
    if (first !== undefined && this.all(other).length > 0) {
      this.refuse(first.path, first.value, `either ${one} or ${other}, not both`, `Remove ${one} or ${other}.`);
    }
  }
}
