import type { SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import { show } from "../declaration/problem";
import type { Matchers } from "../declaration/selector";
import type { Query } from "./event-counts";
import { childExpressions, type PromqlType, PromqlTypeError, promqlType } from "./promql-types";
import { labelMatcher } from "./series";

/** Grafana puts a duration in their place before it asks; here one stands in for them, of the same kind. */
const GRAFANA_DURATION = /\$__(?:rate_interval|range|interval)\b/g;

/** The expression itself, when Prometheus would take it. Throws with what came and where it fails; PromQL leaves this room only through here. */
export function checkedPromql(expression: string): string {
  const problem = promqlProblem(expression);
  if (problem !== undefined) throw refused(problem, expression);
  return expression;
}

/**
 * A query that this room built, as text that parses, without the parentheses that hold one thing only. It is parsed once: thousands of these are
 * made at a time. Its types are not looked at again; tests and promtool do that.
 */
export function finished(query: Query): string {
  const expression = `${query}`;
  const tree = parser.parse(withoutVariables(expression));
  const failure = parseProblem(tree, expression);
  if (failure !== undefined) throw refused(failure, expression);
  const dropped: number[] = [];
  tree.iterate({
    enter: (each) => {
      if (each.name !== "ParenExpr") return;
      const [inside] = childExpressions(each.node);
      if (inside === undefined || inside.name === "BinaryExpr" || inside.name === "UnaryExpr") return;
      dropped.push(each.from, each.to - 1);
    },
  });
  let text = "";
  let end = 0;
  for (const place of dropped.toSorted((one, other) => one - other)) {
    text += expression.slice(end, place);
    end = place + 1;
  }
  return text + expression.slice(end);
}

/** Why Prometheus would refuse an expression, by its grammar or by its types; undefined when it would not. */
export function promqlProblem(expression: string): string | undefined {
  const text = withoutVariables(expression);
  const tree = parser.parse(text);
  const failure = parseProblem(tree, text);
  if (failure !== undefined) return failure;
  try {
    typeOf(tree, text);
    return undefined;
  } catch (error) {
    if (error instanceof PromqlTypeError) return error.message;
    throw error;
  }
}

/** What an expression gives. Throws when it does not parse. */
export function resultType(expression: string): PromqlType {
  const text = withoutVariables(checkedPromql(expression));
  return typeOf(parser.parse(text), text);
}

/**
 * Whether an expression has a value only while something is wrong, as `up == 0`, `count(up == 0)` and `absent(up)` do: health can't be told
 * from what has no data. Guards inside of it, such as `a / (b > 0)`, are none of that.
 */
export function isFilter(expression: string): boolean {
  const text = withoutVariables(expression);
  let node = childExpressions(parser.parse(text).topNode)[0];
  while (node?.name === "ParenExpr" || node?.name === "AggregateExpr") {
    node = childExpressions(node.getChild("FunctionCallBody") ?? node).at(-1);
  }
  if (node?.name === "FunctionCall") return /^absent(?:_over_time)?\b/i.test(text.slice(node.from, node.to));
  if (node?.name !== "BinaryExpr" || node.getChild("BoolModifier") !== null) return false;
  return ["Eql", "Neq", "Gtr", "Lss", "Gte", "Lte"].some((operator) => node.getChild(operator) !== null);
}

/** Labels that an expression asks for, in matchers, groupings and functions; without those that it makes itself. */
export function labelsUsed(expression: string): ReadonlySet<string> {
  const text = withoutVariables(expression);
  const used = new Set<string>();
  const made = new Set<string>(["__name__"]);
  const word = (node: SyntaxNode) => text.slice(node.from, node.to).replace(/^(["'`])(.*)\1$/, "$2");
  visit(parser.parse(text), (node) => {
    const parent = node.parent?.name;
    if (node.name === "LabelName") used.add(word(node));
    // Alone between braces it is the metric's name, not a label's.
    if (node.name === "QuotedLabelName" && parent !== "LabelMatchers") used.add(word(node));
    if (node.name !== "FunctionCall" && node.name !== "AggregateExpr") return;
    const name = text.slice(node.from, node.to).toLowerCase();
    const body = node.getChild("FunctionCallBody");
    const strings =
      body === null
        ? []
        : childExpressions(body)
            .filter((part) => part.name === "StringLiteral")
            .map(word);
    const [first, , third] = strings;
    if (/^(?:label_replace|label_join|count_values)\b/.test(name) && first !== undefined) made.add(first);
    if (/^label_replace\b/.test(name) && third !== undefined && third !== "") used.add(third);
    if (/^label_join\b/.test(name)) for (const source of strings.slice(2)) used.add(source);
    if (/^sort_by_label/.test(name)) for (const source of strings) used.add(source);
  });
  for (const label of made) used.delete(label);
  return used;
}

/**
 * The expression with matchers added to every selector in it; a selector that names the same label keeps its own as well. Comments are left
 * out, so that the result can stand inside another expression.
 */
export function scoped(expression: string, matchers: Matchers): string {
  checkedPromql(expression);
  const added = Object.entries(matchers).map(([name, match]) => labelMatcher(name, match).toString());
  const edits: { readonly from: number; readonly to: number; readonly text: string }[] = [];
  visit(parser.parse(withoutVariables(expression)), (node) => {
    if (node.name === "LineComment") edits.push({ from: node.from, to: node.to, text: "" });
    if (node.name !== "VectorSelector") return;
    const braces = node.getChild("LabelMatchers");
    const own: string[] = [];
    for (let part = braces?.firstChild ?? null; part !== null; part = part.nextSibling) {
      if (part.name !== "LineComment") own.push(expression.slice(part.from, part.to));
    }
    const text = `{${[...new Set([...own, ...added])].join(",")}}`;
    edits.push(braces === null ? { from: node.to, to: node.to, text } : { from: braces.from, to: braces.to, text });
  });
  let result = "";
  let end = 0;
  for (const edit of edits) {
    if (edit.from < end) continue;
    result += expression.slice(end, edit.from) + edit.text;
    end = edit.to;
  }
  return checkedPromql((result + expression.slice(end)).trim());
}

function typeOf(tree: Tree, text: string): PromqlType {
  const [expression] = childExpressions(tree.topNode);
  if (expression === undefined) throw new PromqlTypeError("there is no expression");
  return promqlType(expression, text);
}

function refused(problem: string, expression: string): Error {
  return new Error(`PromQL that Prometheus would refuse: ${problem}. It is ${expression}`);
}

function parseProblem(tree: Tree, text: string): string | undefined {
  let problem: string | undefined;
  tree.iterate({
    enter: ({ type, from, to }) => {
      if (!type.isError || problem !== undefined) return;
      const what = from === to ? "something is missing" : `unexpected ${show(text.slice(from, to))}`;
      const end = from >= text.trimEnd().length ? ", its end" : "";
      problem = `it does not parse: ${what} at character ${from + 1}${end}`;
    },
  });
  return problem;
}

function visit(tree: Tree, each: (node: SyntaxNode) => void): void {
  tree.iterate({ enter: (node) => each(node.node) });
}

/** Of the same length, so that places in the text stay what they are. */
function withoutVariables(expression: string): string {
  return expression.replace(GRAFANA_DURATION, (variable) => `${"0".repeat(variable.length - 2)}5m`);
}
