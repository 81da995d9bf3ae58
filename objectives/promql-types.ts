import type { SyntaxNode } from "@lezer/common";

/** What an expression of PromQL gives. `vector`: numbers now; `range`: samples over time. */
export type PromqlType = "scalar" | "vector" | "range" | "string";

interface Parameters {
  readonly takes: readonly PromqlType[];
  /** How many must be given. @default - all */
  readonly least?: number;
  /** The last may be given many times. @default false */
  readonly many?: boolean;
}

const OVER_RANGE = /^(?:rate|irate|increase|delta|idelta|deriv|changes|resets|(?!quantile_)\w+_over_time)$/;

/** Functions whose parameters are others than one instant vector. Source: https://prometheus.io/docs/prometheus/latest/querying/functions/ */
const PARAMETERS: Readonly<Record<string, Parameters>> = {
  clamp: { takes: ["vector", "scalar", "scalar"] },
  clamp_max: { takes: ["vector", "scalar"] },
  clamp_min: { takes: ["vector", "scalar"] },
  day_of_month: { takes: ["vector"], least: 0 },
  day_of_week: { takes: ["vector"], least: 0 },
  day_of_year: { takes: ["vector"], least: 0 },
  days_in_month: { takes: ["vector"], least: 0 },
  double_exponential_smoothing: { takes: ["range", "scalar", "scalar"] },
  histogram_fraction: { takes: ["scalar", "scalar", "vector"] },
  histogram_quantile: { takes: ["scalar", "vector"] },
  hour: { takes: ["vector"], least: 0 },
  info: { takes: ["vector", "vector"], least: 1 },
  label_join: { takes: ["vector", "string", "string", "string"], least: 3, many: true },
  label_replace: { takes: ["vector", "string", "string", "string", "string"] },
  minute: { takes: ["vector"], least: 0 },
  month: { takes: ["vector"], least: 0 },
  pi: { takes: [] },
  predict_linear: { takes: ["range", "scalar"] },
  quantile_over_time: { takes: ["scalar", "range"] },
  round: { takes: ["vector", "scalar"], least: 1 },
  sort_by_label: { takes: ["vector", "string"], many: true },
  sort_by_label_desc: { takes: ["vector", "string"], many: true },
  time: { takes: [] },
  vector: { takes: ["scalar"] },
  year: { takes: ["vector"], least: 0 },
};

const GIVES_SCALAR = new Set(["scalar", "time", "pi"]);
const PARAMETRIC = new Set(["bottomk", "topk", "quantile", "limitk", "limit_ratio", "count_values"]);
const COMPARISONS = new Set(["Eql", "Neq", "Gtr", "Lss", "Gte", "Lte"]);
const SETS = new Set(["And", "Or", "Unless"]);
/** What may be moved in time. */
const SELECTIONS = new Set(["VectorSelector", "MatrixSelector", "SubqueryExpr", "OffsetExpr", "StepInvariantExpr"]);
const EXPRESSIONS = new Set([
  "NumberDurationLiteral",
  "StringLiteral",
  "VectorSelector",
  "MatrixSelector",
  "SubqueryExpr",
  "FunctionCall",
  "AggregateExpr",
  "BinaryExpr",
  "UnaryExpr",
  "ParenExpr",
  "OffsetExpr",
  "StepInvariantExpr",
  "AnchoredExpr",
  "SmoothedExpr",
]);

const IN_WORDS: Readonly<Record<PromqlType, string>> = {
  scalar: "a number",
  vector: "an instant vector",
  range: "a range vector",
  string: "a string",
};

export function inWords(type: PromqlType): string {
  return IN_WORDS[type];
}

export function childExpressions(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (EXPRESSIONS.has(child.name)) children.push(child);
  }
  return children;
}

/** An expression that Prometheus would refuse for its types, though it parses. */
export class PromqlTypeError extends Error {
  override readonly name = "PromqlTypeError";
}

/** The type of an expression that parsed without errors. Throws PromqlTypeError as Prometheus' own checks of types would refuse it. */
export function promqlType(node: SyntaxNode, text: string): PromqlType {
  const shown = (part: SyntaxNode) => text.slice(part.from, part.to);
  const only = () => {
    const [first] = childExpressions(node);
    if (first === undefined) throw new PromqlTypeError(`${shown(node)} is incomplete`);
    return first;
  };
  const wanted = (part: SyntaxNode, types: readonly PromqlType[], by: string) => {
    const type = promqlType(part, text);
    if (types.includes(type)) return type;
    throw new PromqlTypeError(`${by} takes ${types.map(inWords).join(" or ")}, and ${shown(part)} is ${inWords(type)}`);
  };
  switch (node.name) {
    case "NumberDurationLiteral":
      return "scalar";
    case "StringLiteral":
      return "string";
    case "VectorSelector":
      return "vector";
    case "MatrixSelector":
      if (only().name !== "VectorSelector") throw new PromqlTypeError(`[…] of ${shown(node)} follows no selector`);
      return "range";
    case "SubqueryExpr":
      wanted(only(), ["vector", "scalar"], "a subquery");
      return "range";
    case "UnaryExpr":
      return wanted(only(), ["scalar", "vector"], "a sign");
    case "AggregateExpr":
      return aggregateType(node, text, wanted);
    case "BinaryExpr":
      return binaryType(node, text, wanted);
    case "FunctionCall":
      return callType(node, text, wanted);
    case "OffsetExpr":
    case "StepInvariantExpr":
      if (!SELECTIONS.has(only().name))
        throw new PromqlTypeError(`offset and @ follow a selector, and ${shown(only())} is none`);
      return promqlType(only(), text);
    default:
      return promqlType(only(), text);
  }
}

type Wanted = (part: SyntaxNode, types: readonly PromqlType[], by: string) => PromqlType;

function aggregateType(node: SyntaxNode, text: string, wanted: Wanted): PromqlType {
  const operator = nameOf(node.getChild("AggregateOp"), text);
  const body = node.getChild("FunctionCallBody");
  const given = body === null ? [] : childExpressions(body);
  const takes: PromqlType[] = ["vector"];
  if (PARAMETRIC.has(operator)) takes.unshift(operator === "count_values" ? "string" : "scalar");
  matchParameters(operator, given, { takes }, wanted);
  return "vector";
}

function callType(node: SyntaxNode, text: string, wanted: Wanted): PromqlType {
  const name = nameOf(node.getChild("FunctionIdentifier"), text);
  const body = node.getChild("FunctionCallBody");
  const given = body === null ? [] : childExpressions(body);
  const parameters = PARAMETERS[name] ?? { takes: [OVER_RANGE.test(name) ? "range" : "vector"] };
  matchParameters(name, given, parameters, wanted);
  return GIVES_SCALAR.has(name) ? "scalar" : "vector";
}

function matchParameters(name: string, given: readonly SyntaxNode[], parameters: Parameters, wanted: Wanted): void {
  const { takes, least = takes.length, many = false } = parameters;
  if (given.length < least || (!many && given.length > takes.length)) {
    throw new PromqlTypeError(`${name} takes ${takes.length} parameters, and ${given.length} are given`);
  }
  for (const [index, part] of given.entries()) {
    wanted(part, [takes[Math.min(index, takes.length - 1)] ?? "vector"], name);
  }
}

function binaryType(node: SyntaxNode, text: string, wanted: Wanted): PromqlType {
  const [left, right] = childExpressions(node);
  if (left === undefined || right === undefined) throw new PromqlTypeError("an operator needs two sides");
  let operator = left.nextSibling;
  while (operator !== null && operator.name === "LineComment") operator = operator.nextSibling;
  const name = operator?.name ?? "";
  const sign = nameOf(operator, text);
  const types: readonly PromqlType[] = SETS.has(name) ? ["vector"] : ["scalar", "vector"];
  const sides = [wanted(left, types, sign), wanted(right, types, sign)];
  const scalars = sides.every((side) => side === "scalar");
  if (scalars && COMPARISONS.has(name) && node.getChild("BoolModifier") === null) {
    throw new PromqlTypeError(`${sign} between two numbers needs the modifier bool`);
  }
  return scalars ? "scalar" : "vector";
}

/** Prometheus reads names of functions and operators in any case. */
function nameOf(node: SyntaxNode | null, text: string): string {
  return node === null ? "" : text.slice(node.from, node.to).toLowerCase();
}
