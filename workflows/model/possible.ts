import type { Expression, Literal, Operator } from "./expression";

/** All values that an expression may have; undefined when it may be any. */
export type Possible = readonly Literal[] | undefined;

/** What the values at a path may be; undefined when nobody knows. */
export type Known = (path: readonly string[]) => Possible;

/** More are "any": nobody writes a condition over so many. */
const MOST_VALUES = 64;

/** What an expression may evaluate to, by GitHub's rules, from what is known of the run. */
export function possible(expression: Expression, known: Known): Possible {
  switch (expression.kind) {
    case "literal":
      return [expression.value];
    case "path":
      return known(expression.path);
    case "call":
      return called(expression.name, expression.inputs, known);
    case "not":
      return distinct(possible(expression.of, known)?.map((value) => !truthy(value)) ?? [true, false]);
    case "operation":
      return operated(expression.operator, possible(expression.left, known), possible(expression.right, known));
  }
}

/** Whether a condition can't hold, whatever happens. */
export function neverHolds(expression: Expression, known: Known): boolean {
  return possible(expression, known)?.every((value) => !truthy(value)) ?? false;
}

function called(name: string, inputs: readonly Expression[], known: Known): Possible {
  if (name === "always") return [true];
  if (name !== "startswith" && name !== "endswith" && name !== "contains") return undefined;
  const [text, part] = inputs.map((input) => possible(input, known));
  return combined(text, part, (a, b) => {
    const [whole, sought] = [String(a ?? "").toLowerCase(), String(b ?? "").toLowerCase()];
    if (name === "startswith") return whole.startsWith(sought);
    return name === "endswith" ? whole.endsWith(sought) : whole.includes(sought);
  });
}

function operated(operator: Operator, left: Possible, right: Possible): Possible {
  switch (operator) {
    case "&&":
      // One side that never holds is enough.
      if (left?.every((value) => !truthy(value))) return left;
      if (right?.every((value) => !truthy(value)) && left === undefined) return [false];
      return combined(left, right, (a, b) => (truthy(a) ? b : a));
    case "||":
      if (left?.every(truthy)) return left;
      return combined(left, right, (a, b) => (truthy(a) ? a : b));
    case "==":
      return combined(left, right, equal);
    case "!=":
      return combined(left, right, (a, b) => !equal(a, b));
    default:
      return [true, false];
  }
}

function combined(left: Possible, right: Possible, combine: (a: Literal, b: Literal) => Literal): Possible {
  if (left === undefined || right === undefined) return undefined;
  const all = distinct(left.flatMap((a) => right.map((b) => combine(a, b))));
  return all.length > MOST_VALUES ? undefined : all;
}

function distinct(values: readonly Literal[]): readonly Literal[] {
  return [...new Set(values)];
}

function truthy(value: Literal): boolean {
  return !(value === null || value === false || value === "" || value === 0 || Number.isNaN(value));
}

/** Without regard to case; of different types, as numbers. */
function equal(a: Literal, b: Literal): boolean {
  if (typeof a === "string" && typeof b === "string") return a.toLowerCase() === b.toLowerCase();
  if (typeof a === typeof b && a !== null && b !== null) return a === b;
  return Number(a ?? 0) === Number(b ?? 0);
}
