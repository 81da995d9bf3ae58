import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import { show } from "../../declaration/problem";
import type { LabelMatch, Matchers, Selector } from "../../declaration/selector";
import { parseVersionSelector } from "../gate/version-selector";
import { promqlProblem } from "../promql";
import { childExpressions } from "../promql-types";

/** Why something of an OpenSLO file has no place in a declaration. */
export class NotTaken extends Error {
  override readonly name = "NotTaken";
}

/** One query, read as far as declarations can say it. */
export class ReadQuery {
  private constructor(
    private readonly text: string,
    private readonly node: SyntaxNode,
  ) {}

  /** @throws NotTaken when Prometheus would refuse the query */
  static of(text: string): ReadQuery {
    const problem = promqlProblem(text);
    if (problem !== undefined) throw new NotTaken(`its query ${show(text)} is no PromQL: ${problem}`);
    const [node] = childExpressions(parser.parse(text).topNode);
    if (node === undefined) throw new NotTaken("its query is empty");
    return new ReadQuery(text, node);
  }

  /** The one selector in `sum(rate(selector[5m]))`, or in less. @throws NotTaken when there is more to it */
  selector(): Selector {
    const node = this.within(["sum", "rate", "increase", "max"]);
    if (node.name !== "VectorSelector") throw this.notTaken("one selector, perhaps in sum(rate(…))");
    return this.read(node);
  }

  /** Both sides of `max(used / capacity)`. @throws NotTaken when it is something else */
  quotient(): readonly [Selector, Selector] {
    const node = this.within(["max", "sum", "avg"]);
    const [left, right] = childExpressions(node).map((side) => new ReadQuery(this.text, side));
    if (node.name !== "BinaryExpr" || node.getChild("Div") === null || left === undefined || right === undefined) {
      throw this.notTaken("what is used divided by what there is");
    }
    return [left.selector(), right.selector()];
  }

  /** Histogram and upper bound of `histogram_fraction(0, bound, sum(rate(histogram[5m])))`. @throws NotTaken when it is something else */
  fraction(): { readonly histogram: Selector; readonly bound: number } {
    const body = this.node.getChild("FunctionCallBody");
    const [lower, upper, histogram] = body === null ? [] : childExpressions(body);
    if (
      this.named(this.node) !== "histogram_fraction" ||
      lower === undefined ||
      upper === undefined ||
      histogram === undefined
    ) {
      throw this.notTaken("histogram_fraction(0, …, sum(rate(…)))");
    }
    if (Number(this.of(lower)) !== 0) throw this.notTaken("a fraction from 0 on");
    return { histogram: new ReadQuery(this.text, histogram).selector(), bound: Number(this.of(upper)) };
  }

  /** What is inside of functions and sums that keep one number's meaning. */
  private within(wrappers: readonly string[]): SyntaxNode {
    let node = this.node;
    for (;;) {
      const inner = this.inside(node, wrappers);
      if (inner === undefined) return node;
      node = inner;
    }
  }

  private inside(node: SyntaxNode, wrappers: readonly string[]): SyntaxNode | undefined {
    if (node.name === "ParenExpr" || node.name === "MatrixSelector") return childExpressions(node)[0];
    if (node.name !== "AggregateExpr" && node.name !== "FunctionCall") return undefined;
    if (node.getChild("AggregateModifier") !== null)
      throw this.notTaken("a sum of all series: by and without have no place");
    if (!wrappers.includes(this.named(node))) return undefined;
    const body = node.getChild("FunctionCallBody");
    return body === null ? undefined : childExpressions(body)[0];
  }

  private read(node: SyntaxNode): Selector {
    const metric = node.getChild("Identifier");
    if (metric === null) throw this.notTaken("a metric with its name before the braces");
    const braces = node.getChild("LabelMatchers");
    const matchers = braces === null ? "" : this.of(braces).slice(1, -1).trim();
    if (matchers === "") return { metric: this.of(metric) };
    try {
      return { metric: this.of(metric), where: parseVersionSelector(matchers) };
    } catch (error) {
      throw new NotTaken(
        `labels of its query ${show(this.text)} can't be declared: ${error instanceof Error ? error.message : error}`,
      );
    }
  }

  private named(node: SyntaxNode): string {
    const name = node.getChild("FunctionIdentifier") ?? node.getChild("AggregateOp");
    return name === null ? "" : this.of(name).toLowerCase();
  }

  private of(node: SyntaxNode): string {
    return this.text.slice(node.from, node.to);
  }

  private notTaken(expected: string): NotTaken {
    return new NotTaken(`its query ${show(this.text)} is not what a signal can say: expected ${expected}`);
  }
}

/** A selector without the matchers that the stage adds to each. */
export function withoutScope(selector: Selector, scope: Matchers): Selector {
  const own = Object.entries(selector.where ?? {}).filter(([label, match]) => !same(scope[label], match));
  return own.length === 0 ? { metric: selector.metric } : { metric: selector.metric, where: Object.fromEntries(own) };
}

/** A selector's matchers but for one label, with that label's match. */
export function split(
  selector: Selector,
  label: string,
): { readonly match: LabelMatch | undefined; readonly rest: Selector } {
  const { [label]: match, ...where } = selector.where ?? {};
  return {
    match,
    rest: Object.keys(where).length === 0 ? { metric: selector.metric } : { metric: selector.metric, where },
  };
}

export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
