import {
  type LabelSelectorBuilder,
  labelEq,
  labelMatchRegexp,
  labelNeq,
  labelNotMatchRegexp,
  VectorExprBuilder,
} from "@grafana/promql-builder";
import type { LabelMatch, Matchers, Selector } from "../declaration/selector";

/** One matcher of a label, as PromQL writes it: `code=~"5.."`. Quotes and backslashes are escaped. */
export function labelMatcher(name: string, match: LabelMatch): LabelSelectorBuilder {
  if (typeof match === "string") return labelEq(name, match);
  if ("not" in match) return labelNeq(name, match.not);
  if ("matches" in match) return labelMatchRegexp(name, match.matches);
  return labelNotMatchRegexp(name, match.notMatches);
}

/**
 * Series of a metric that fit all matchers. Where several name the same label all of them hold; the same matcher twice is written once.
 *
 * @param range Prometheus duration: samples over so long. @default - the newest sample
 */
export function series(metric: string, matchers: readonly (Matchers | undefined)[], range?: string): VectorExprBuilder {
  const labels = new Map<string, LabelSelectorBuilder>();
  for (const some of matchers) {
    for (const [name, match] of Object.entries(some ?? {})) {
      const matcher = labelMatcher(name, match);
      labels.set(matcher.toString(), matcher);
    }
  }
  const vector = new VectorExprBuilder().metric(metric).labels([...labels.values()]);
  return range === undefined ? vector : vector.range(range);
}

/** Series of a selector that also fit `where`. */
export function selected(selector: Selector, where: Matchers, range?: string): VectorExprBuilder {
  return series(selector.metric, [selector.where, where], range);
}
